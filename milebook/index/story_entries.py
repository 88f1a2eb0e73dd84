"""Read the entry of a story from the index: its contributor, source, photos with the people in them, and quotes."""

from __future__ import annotations

from collections.abc import Mapping

from milebook.index.agreement_entries import AgreementReader
from milebook.index.photo_fields import check_photo
from milebook.index.slips import as_contributor
from milebook.model.book import Agreement, Contributor, Person, Photo, Quote, Source, Story
from milebook.model.findings import Finding, Place
from milebook.model.unknown_names import ANONYMOUS, NAMELESS, known_name
from milebook.yaml_nodes import Fields, Scalar, values
from milebook.yaml_nodes.nodes import is_empty, shown


class StoryReader(AgreementReader):
    """Reads stories. What later checks need beside the Index itself is kept here."""

    def __init__(self, root: Fields, findings: list[Finding]) -> None:
        super().__init__(root, findings)
        self.unsure: set[str] = set()  # ids of stories whose status is not known, since their entry is faulty

    def story(self, group: Fields) -> Story:
        """A story with its contributor, source, photos and quotes."""
        typed = group.get("id")
        name = typed.value if isinstance(typed, Scalar) and typed.value else ""
        if group.mended:
            self.unsure.add(name)
            return Story(name, title=name, file=f"{name}.md", place=typed.place if typed else group.place)
        label = f'story "{shown(name)}"' if name else "this story"
        found, places = self.group("story", group, label)
        if "status" not in found and ("status" in places or group.broken):
            self.unsure.add(name)
        place = places.get("id", group.place)
        found.setdefault("id", "")
        found.setdefault("file", f"{found['id']}.md")
        selected = found.get("status") == "selected"
        return Story(
            **found,
            contributor=self._contributor(group, place),
            source=self._source(group),
            permission=self.permission(group, place),
            photos=tuple(
                self._photo(item, entry, selected)
                for entry, item in enumerate(self.groups(group, "photos", "a photo"), 1)
            ),
            quotes=tuple(self.quote(item) for item in self.groups(group, "quotes", "a quote")),
            place=place,
            places=places,
        )

    def groups(self, group: Fields, name: str, what: str) -> list[Fields]:
        node = group.get(name)
        if name == "photos" and isinstance(node, Scalar) and not is_empty(node) and not node.mended:
            hint = f"write photos: [{{file: {shown(node.value)}}}]"
            values.wrong_kind(node, name, "a list", self.findings, hint)
            return []
        items = self.items(node, name)
        for item in items:
            if name == "photos" and isinstance(item, Scalar) and not is_empty(item) and not item.mended:
                message = f'a photo has fields of its own, and here stands only "{shown(item.value)}"'
                self.report(item, "MB108", message, f"write it as  photos: [{{file: {shown(item.value)}}}]")
        items = [item for item in items if name != "photos" or not isinstance(item, Scalar)]
        inner = (self.inner(item, what) for item in items)
        return [item for item in inner if item is not None and not item.mended]

    def _contributor(self, group: Fields, story: Place) -> Contributor:
        node = group.get("contributor")
        if isinstance(node, Scalar) and not is_empty(node):
            name = values.text(node, "contributor", self.findings) or ""
            hint = f"write {as_contributor(name)}"
            values.wrong_kind(node, "contributor", "a group of fields", self.findings, hint)
            return Contributor(name=known_name(name), place=node.place)
        inner = self.inner(node, "contributor")
        if inner is None or inner.mended:
            return Contributor(place=story)
        found, places = self.group("contributor", inner, "the contributor")
        if found.get("name") and not known_name(found["name"]) and not found.get("sort"):
            self._nobody(inner, found)
            found |= {"name": "", "anonymous": found.get("anonymous", False) or not found.get("byline")}
        if found.get("guardian"):
            found["guardian"] = known_name(found["guardian"])
        return Contributor(**found, place=places.get("name", inner.place), places=places)

    def _nobody(self, inner: Fields, found: Mapping[str, object]) -> None:
        """Say that a word is taken for no name, where something else than that word will be printed."""
        name = str(found["name"])
        if found.get("anonymous") or found.get("byline") or name in (NAMELESS, *ANONYMOUS.values()):
            return
        self.report(
            inner.get("name") or inner,
            "MB141",
            f"“{name}” is taken to mean that nobody knows the name, and the story is printed as anonymous",
            f"add anonymous: true if nobody knows the name; add sort: {name} if somebody is really called so",
        )

    def _source(self, group: Fields) -> Source:
        inner = self.inner(group.get("source"), "source")
        if inner is None or inner.mended:
            return Source()
        found, places = self.group("source", inner, "the source")
        return Source(**found, permission=self.permission(inner, inner.place), place=inner.place, places=places)

    def _photo(self, group: Fields, entry: int, selected: bool) -> Photo:
        typed = group.get("file")
        name = typed.value if isinstance(typed, Scalar) else ""
        label = f'photo "{shown(name)}"' if name else "this photo"
        found, places = self.group("photo", group, label)
        where, after = found.pop("where", ("end", 0))
        if "where" in places:
            places["place"] = places["where"]
        place = places.get("file", group.place)
        if "photographer" in found:
            found["photographer"] = known_name(found["photographer"])
        photo = Photo(
            **found,
            where=where,
            after=after,
            entry=entry,
            permission=self.permission(group, place),
            people=tuple(self.people(group)),
            place=place,
            places=places,
        )
        if selected and not group.broken:
            self.findings += check_photo(photo, group)
        return photo

    def people(self, group: Fields, field: str = "people") -> list[Person]:
        people = []
        for item in self.items(group.get(field), field):
            if isinstance(item, Scalar):  # a name alone
                name = values.text(item, field, self.findings)
                if name:
                    people.append(
                        Person(name=known_name(name), permission=Agreement(place=item.place), place=item.place)
                    )
                continue
            inner = self.inner(item, "a person")
            if inner is None or inner.mended:
                continue
            found, places = self.group("person", inner, "a person")
            place = places.get("name", inner.place)
            found |= {key: known_name(found[key]) for key in ("name", "guardian") if key in found}
            own = found.get("guardian") == found.get("name", "")
            if found.get("minor") and (own or not found.get("guardian")) and not inner.broken:
                who = shown(found.get("name", "")) or "a person"
                hint = "add guardian: with the name of the parent or guardian who signs"
                message = f"{who} is a minor, {'and cannot be the guardian too' if own else 'but no guardian is named'}"
                self.report(inner.fields["minor"][1], "MB350", message, hint)
            people.append(Person(**found, permission=self.permission(inner, place), place=place, places=places))
        return people

    def quote(self, group: Fields, noun: str = "quote") -> Quote:
        found, places = self.group(noun, group, "a quote")
        if not (group.broken or {"text", "source"} & set(places)):
            hint = "add text: with the words quoted, or source: with where they are from"
            self.report(group, "MB107", 'this quote has neither "text" nor "source"', hint)
        place = places.get("text", group.place)
        return Quote(**found, permission=self.permission(group, place), place=place, places=places)
