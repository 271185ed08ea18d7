"""Pack a folder into a zip that is the same for the same files."""

import zipfile
from pathlib import Path


def pack(folder, archive, inside="backprop-by-hand"):
    """Write every file of ``folder`` but the archive itself into it, in a folder ``inside``."""
    folder, archive = Path(folder), Path(archive)
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path != archive)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in files:
            entry = zipfile.ZipInfo((Path(inside) / path.relative_to(folder)).as_posix())
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, path.read_bytes())
