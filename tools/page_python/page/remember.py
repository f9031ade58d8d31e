"""Remember what Python compiles while it imports, for the next start: a code object for each file, by its path.

Nothing of it can be older than its source: the page keeps it under the digest of the lock file, which names the digest
of every package.
"""

import importlib._bootstrap_external as loading
import marshal
import zipimport


class Remember:
    def __init__(self):
        self.known, self.new = {}, 0

    def start(self, kept):
        """Take what an earlier start has kept, as bytes, and remember what comes."""
        if kept is not None:
            self.known = marshal.loads(kept)
        self.compile, self.unzipped = loading.SourceLoader.get_code, zipimport._get_module_code
        loading.SourceLoader.get_code = lambda loader, name: self.code(loader, name)
        zipimport._get_module_code = lambda importer, name: self.from_zip(importer, name)

    def code(self, loader, name):
        """Stand in for SourceLoader.get_code."""
        path = loader.get_filename(name)
        if found := self.known.get(path):
            return marshal.loads(found)
        made = self.compile(loader, name)
        if "/site-packages/" in path:
            self.add(path, made)
        return made

    def from_zip(self, importer, name):
        """Stand in for zipimport's _get_module_code: (code, is a package, path)."""
        key = f"{importer.archive}/{importer.prefix}{name}"
        if found := self.known.get(key):
            compiled, is_package, path = found
            return marshal.loads(compiled), is_package, path
        made, is_package, path = self.unzipped(importer, name)
        self.add(key, (marshal.dumps(made), is_package, path))
        return made, is_package, path

    def add(self, key, made):
        self.known[key] = made if isinstance(made, tuple) else marshal.dumps(made)
        self.new += 1

    def take(self):
        """End, and give all of it as bytes to be kept, or None where nothing is new."""
        loading.SourceLoader.get_code, zipimport._get_module_code = self.compile, self.unzipped
        known, self.known = self.known, {}
        return marshal.dumps(known) if self.new else None


Remember()
