"""Posts and comments of blogs: exports of WordPress, Blogger and Disqus, saved pages, and pages pasted as text."""
