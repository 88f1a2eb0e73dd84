"""The scripts that complete `milebook` in bash, zsh, fish and PowerShell, and how the answers are quoted for each.

A script gives the words of the line to milebook in the environment, and is answered one proposal a line: its kind ("plain",
"file" or "dir"), what is to be typed, and what that is, with tabs between them.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
import sysconfig
from pathlib import Path
from typing import Any, ClassVar

from click.shell_completion import CompletionItem, ShellComplete, add_completion_class, split_arg_string

from milebook.commands.lazy_group import COMPLETING

WORDS, WORD = (
    "_MILEBOOK_WORDS",
    "_MILEBOOK_WORD",
)  # the words before the one that is being typed, one a line; and that one

SHELLS = ("bash", "zsh", "fish", "powershell")
_LINES = {  # what an author pastes into the shell's start-up file, and where that is
    "bash": ('eval "$(%s setup --completion bash)"', "~/.bashrc (on a Mac ~/.bash_profile)"),
    "zsh": ('eval "$(%s setup --completion zsh)"', "~/.zshrc"),
    "fish": ("%s setup --completion fish | source", "~/.config/fish/config.fish"),
    "powershell": ("%s setup --completion powershell | Out-String | Invoke-Expression", "the file that $PROFILE names"),
}

# `complete -o nosort` and `compopt` need bash 4.4; a Mac has 3.2, which completes files after the proposals instead
_BASH = r"""
_milebook_complete() {
    local kind value about words=("${COMP_WORDS[@]:0:COMP_CWORD}") IFS=$'\n'
    COMPREPLY=()
    while IFS=$'\t' read -r kind value about; do
        case $kind in
            plain) COMPREPLY+=("$value") ;;
            file) compopt -o default 2>/dev/null ;;
            dir) compopt -o dirnames 2>/dev/null ;;
        esac
    done < <(_MILEBOOK_WORDS="${words[*]}" _MILEBOOK_WORD="${COMP_WORDS[COMP_CWORD]}" COMPLETING=bash_complete PROGRAM 2>/dev/null)
}
complete -o nosort -F _milebook_complete milebook 2>/dev/null || complete -o default -F _milebook_complete milebook
"""

# a new Mac has no ~/.zshrc, so that nobody has called compinit
_ZSH = r"""
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
_milebook() {
    local line kind value about
    local -a known=() named=() answer
    answer=("${(@f)$(_MILEBOOK_WORDS=${(F)words[1,CURRENT-1]} _MILEBOOK_WORD=$words[CURRENT] COMPLETING=zsh_complete PROGRAM 2>/dev/null)}")
    for line in $answer; do
        kind=${line%%$'\t'*} value=${${line#*$'\t'}%%$'\t'*} about=${line##*$'\t'}
        case $kind in
            plain) if [[ -n $about ]]; then known+=("${${value//\\/\\\\}//:/\\:}:$about"); else named+=("$value"); fi ;;
            file) _files ;;
            dir) _files -/ ;;
        esac
    done
    (( $#known )) && _describe -V milebook known -U
    (( $#named )) && compadd -U -V milebook -a named
}
compdef _milebook milebook
"""

_FISH = r"""
function __milebook_complete
    set -lx _MILEBOOK_WORDS (string join \n -- (commandline -opc) | string collect)
    set -lx _MILEBOOK_WORD (commandline -ct)
    set -lx COMPLETING fish_complete
    for line in (PROGRAM 2>/dev/null)
        set -l parts (string split \t -- $line)
        switch $parts[1]
            case plain
                string join \t -- $parts[2..-1]
            case file
                __fish_complete_path $_MILEBOOK_WORD
            case dir
                __fish_complete_directories $_MILEBOOK_WORD ''
        end
    end
end
complete --command milebook --no-files --keep-order --arguments '(__milebook_complete)'
"""

# where nothing is proposed, PowerShell completes files by itself
_POWERSHELL = r"""
Register-ArgumentCompleter -Native -CommandName milebook -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $before = $commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object {
        $text = $_ -is [System.Management.Automation.Language.StringConstantExpressionAst] -or $_ -is [System.Management.Automation.Language.ExpandableStringExpressionAst]
        if ($text) { $_.Value } else { $_.ToString() }
    }
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        $env:COMPLETING = 'powershell_complete'
        $env:_MILEBOOK_WORDS = $before -join "`n"
        $env:_MILEBOOK_WORD = "$wordToComplete"
        & PROGRAM 2>$null | ForEach-Object {
            $kind, $value, $about = $_ -split "`t", 3
            if ($kind -eq 'plain') {
                if (-not $about) { $about = $value }
                [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $about)
            }
        }
    } finally {
        [Console]::OutputEncoding = $encoding
        Remove-Item 'Env:COMPLETING', 'Env:_MILEBOOK_WORDS', 'Env:_MILEBOOK_WORD' -ErrorAction SilentlyContinue
    }
}
"""
_SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH, "powershell": _POWERSHELL}


class Shell(ShellComplete):
    """What all shells have in common: the words as a script gives them, the answer as it reads it."""

    source_template = ""
    quoted_before: ClassVar[bool] = True  # whether the words before come with their quotation marks

    def source(self) -> str:
        script = _SCRIPTS[self.name].replace("COMPLETING", self.complete_var)
        return script.replace("PROGRAM", quoted(program(), self.name))

    def get_completion_args(self) -> tuple[list[str], str]:
        given = os.environ.get(WORDS, "").split("\n")[1:]
        words = [_unquoted(word) for word in given] if self.quoted_before else given
        return [word for word in words if word], _unquoted(os.environ.get(WORD, ""))

    def typed(self, value: str) -> str:
        """A value as it has to stand in the line."""
        return value

    def format_completion(self, item: CompletionItem[Any]) -> str:
        value = self.typed(str(item.value)) if item.type == "plain" else ""
        return "\t".join(" ".join(part.split()) if part else "" for part in (item.type, value, item.help or ""))


class Bash(Shell):
    """Bash takes a proposal as it is to be typed, after the quotation mark that was typed already."""

    name = "bash"

    def get_completion_args(self) -> tuple[list[str], str]:
        words, word = super().get_completion_args()
        words = [word for word in words if word != "="]  # bash divides --chapter=one into three
        return words, "" if word == "=" else word

    def typed(self, value: str) -> str:
        mark = os.environ.get(WORD, "")[:1]
        if mark == "'":
            return value.replace("'", r"'\''")
        if mark == '"':
            return re.sub(r'(["\\$`])', r"\\\1", value)
        return re.sub(r"([^\w@%+=:,./-])", r"\\\1", value)


class Zsh(Shell):
    """Zsh quotes what it puts into the line."""

    name = "zsh"


class Fish(Shell):
    """Fish quotes what it puts into the line, and gives the words before without quotation marks."""

    name = "fish"
    quoted_before = False


class PowerShell(Shell):
    """PowerShell 5 and 7 put a proposal into the line as it is."""

    name = "powershell"
    quoted_before = False

    def get_completion_args(self) -> tuple[list[str], str]:
        word = os.environ.get(WORD, "")
        mark = word[:1] if word[:1] in ("'", '"') else ""
        return super().get_completion_args()[0], word.removeprefix(mark).removesuffix(mark) if mark else word

    def typed(self, value: str) -> str:
        return value if re.fullmatch(r"[\w+=:./-]+", value) else _in_powershell(value)


def register() -> None:
    """Let click know of our shells."""
    for kind in (Bash, Zsh, Fish, PowerShell):
        add_completion_class(kind)


def script(shell: str) -> str:
    """What a shell has to run to complete `milebook`."""
    import click

    kind = next(one for one in (Bash, Zsh, Fish, PowerShell) if one.name == shell)
    return kind(click.Command("milebook"), {}, "milebook", COMPLETING).source()


def line_to_paste(shell: str) -> tuple[str, str]:
    """The line for a shell's start-up file, and which file that is."""
    line, where = _LINES[shell]
    called = quoted(program(), shell)
    return line % (f"& {called}" if shell == "powershell" and called != "milebook" else called), where


def program() -> str:
    """How a new terminal starts milebook: by its name alone, or by its path where only an active environment knows the name."""
    found = shutil.which("milebook")
    own = Path(sysconfig.get_path("scripts"), "milebook.exe" if sys.platform == "win32" else "milebook")
    of_environment = sys.prefix != sys.base_prefix and (found is None or Path(found).parent == own.parent)
    return str(own) if (of_environment or found is None) and own.exists() else "milebook"


def quoted(path: str, shell: str) -> str:
    """A program's path as a word of a shell."""
    if shell == "powershell":
        return path if path == "milebook" else _in_powershell(path)
    if shell == "fish":
        return path if re.fullmatch(r"[\w@%+=:,./-]+", path) else "'" + re.sub(r"(['\\])", r"\\\1", path) + "'"
    return shlex.quote(path)


def _in_powershell(text: str) -> str:
    return "'" + re.sub(r"(['‘’‚‛])", r"\1\1", text) + "'"  # it takes typographic marks for quotation marks as well


def _unquoted(word: str) -> str:
    """A word of the line without its quotation marks, the last of which may be missing."""
    return next(iter(split_arg_string(word)), "")
