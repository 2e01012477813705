"""
The release described in Croissant, the metadata format that dataset search and loaders read: files, tables, columns.

Source: MLCommons Croissant 1.0, and its vocabulary for responsible AI (RAI 1.0).
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tollwire.contracts.contract import Column, Contracts
from tollwire.contracts.whole_files import file_sha256
from tollwire.release.datasheet import IN_SHORT, read_sections
from tollwire.release.shape import CONFIGS, NESTED, release_contract

CROISSANT = "croissant.json"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
HOME = "https://huggingface.co/datasets"
TYPES = {
    "string": "sc:Text",
    "label": "sc:Text",
    "int32": "sc:Integer",
    "float64": "sc:Float",
    "bool": "sc:Boolean",
    "date": "sc:Date",
    "timestamp": "sc:DateTime",
}
# Which sections of a datasheet (Gebru et al. 2021) say what the RAI vocabulary asks.
RESPONSIBLE = {
    "rai:dataLimitations": IN_SHORT,
    "rai:dataCollection": "Collection process",
    "rai:dataAnnotationProtocol": "Preprocessing, cleaning, labelling",
    "rai:dataUseCases": "Uses",
    "rai:dataBiases": "Composition",
    "rai:dataReleaseMaintenancePlan": "Maintenance",
}
CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataBiases": "cr:dataBiases",
    "dataCollection": "cr:dataCollection",
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "personalSensitiveInformation": "cr:personalSensitiveInformation",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def write_croissant(folder: Path, version: str, about: str, contracts: Contracts) -> None:
    """Write ``croissant.json`` for a release whose tables and datasheet are in ``folder``: one record set a file."""
    files = [path for table in CONFIGS for path in sorted((folder / table).glob("*.parquet"))]
    description: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": ["http://mlcommons.org/croissant/1.0", "http://mlcommons.org/croissant/RAI/1.0"],
        "name": "tollwire",
        "description": " ".join(about.split()),
        "version": version,
        "license": LICENCE,
        "url": HOME,
        "citeAs": f"Tollwire {version}: an annotated news corpus about armed violence.",
        "keywords": ["news", "armed conflict", "casualties", "span annotation"],
        **_responsible(folder / "DATASHEET.md"),
        "distribution": [_file(folder, path) for path in files],
        "recordSet": [_records(path.relative_to(folder), contracts) for path in files],
    }
    text = json.dumps(description, indent=2, ensure_ascii=False)
    (folder / CROISSANT).write_text(f"{text}\n", "utf-8")


def _responsible(datasheet: Path) -> dict[str, str]:
    sections = read_sections(datasheet)
    return {key: " ".join(sections[name].split()) for key, name in RESPONSIBLE.items() if sections.get(name)}


def _file(folder: Path, path: Path) -> dict[str, Any]:
    name = path.relative_to(folder).as_posix()
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": name,
        "contentSize": f"{path.stat().st_size} B",
        "encodingFormat": "application/x-parquet",
        "sha256": file_sha256(path),
    }


def _records(path: Path, contracts: Contracts) -> dict[str, Any]:
    """Describe the rows of one file; what is nested in them is described where it is flat, in its own table."""
    table, split = path.parent.name, path.name.split("-")[0]
    name = f"{table}/{split}"
    contract = release_contract(table, contracts)
    fields = [
        _field(name, column, one, path.as_posix(), repeated) for column, one, repeated in _columns(contract.columns)
    ]
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": contract.about,
        "key": [{"@id": f"{name}/{column}"} for column in contract.key],
        "field": fields,
    }


def _columns(columns: dict[str, Column]) -> Iterator[tuple[str, Column, bool]]:
    for name, column in columns.items():
        if column.items is None:
            yield name, column, False
        elif name not in NESTED and column.items.fields is None:
            yield name, column.items.model_copy(update={"about": column.about}), True


def _field(records: str, name: str, column: Column, file: str, repeated: bool) -> dict[str, Any]:
    unit = f" In {column.unit}." if column.unit else ""
    return {
        "@type": "cr:Field",
        "@id": f"{records}/{name}",
        "name": name,
        "description": column.about + unit,
        "dataType": TYPES[column.type],
        **({"repeated": True} if repeated else {}),
        "source": {"fileObject": {"@id": file}, "extract": {"column": name}},
    }
