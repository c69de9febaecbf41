import nbformat
import pytest
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager, LargeFileManager
from nbformat import sign, v4

from open_interpreter_lab.files import Papers


class Desk:
    """A folder with notebooks, and the papers that write them through a contents manager of the server."""

    def __init__(self, folder, make):
        self.folder = folder
        self.contents = make(root_dir=str(folder))
        self.contents.notary = sign.NotebookNotary(
            data_dir=str(folder), secret=b"x" * 64, store_factory=sign.MemorySignatureStore
        )
        self.papers = Papers(self.contents)

    def put(self, name="a.ipynb", cells=(), *, minor=5, trusted=False):
        notebook = v4.new_notebook(cells=list(cells))
        if minor < 5:
            notebook.nbformat_minor = minor
            for cell in notebook.cells:
                del cell["id"]
        (self.folder / name).write_text(nbformat.writes(notebook), "utf-8")
        if trusted:
            self.contents.notary.sign(self.get(name))
        return name

    def get(self, name="a.ipynb"):
        notebook = nbformat.read(self.folder / name, as_version=nbformat.NO_CONVERT)
        nbformat.validate(notebook)
        return notebook

    def sources(self, name="a.ipynb"):
        return [cell.source for cell in self.get(name).cells]

    def is_trusted(self, name="a.ipynb"):
        return self.contents.notary.check_signature(self.get(name))


@pytest.fixture(params=[AsyncLargeFileManager, LargeFileManager], ids=["async", "sync"])
def desk(request, tmp_path):
    return Desk(tmp_path, request.param)
