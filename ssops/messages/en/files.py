"""What ssops says about files: ssops.yaml, and which files the manifests are."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "config.not_found": "there is no ssops.yaml in '{folder}' or above it",
    "config.not_found.hint": "run 'ssops init' to write a small working repository, or name the file with --config",
    "config.no_such_file": "there is no file '{path}'",
    "config.no_such_file.hint": "name the ssops.yaml of the repository with --config",
    "config-documents": "ssops.yaml must hold exactly one document, not {count}",
    "config-documents.hint": (
        "write one document, with at least 'version: 1' and 'organization: ID', and no '---' after it"
    ),
    "rule.config-documents.title": "ssops.yaml is empty, or has several documents",
    "rule.config-documents.why": (
        "The settings of a repository are one document. With two, nobody could say which one counts."
    ),
    "file-missing": "'{path}' does not exist",
    "file-missing.hint": "create it, or take it out of 'manifests'",
    "file-missing.near": "'{path}' does not exist",
    "file-missing.near.hint": "did you mean '{near}'?",
    "rule.file-missing.title": "a listed folder or file does not exist",
    "rule.file-missing.why": (
        "If a misspelt folder were passed over in silence, all the resources in it would look as if they had "
        "been taken out of the manifests."
    ),
    "file-outside": "the path leads out of the folder of ssops.yaml",
    "file-outside.hint": (
        "move the manifests into the folder of ssops.yaml or below it; a link may not lead out of it either"
    ),
    "rule.file-outside.title": "a manifest outside the repository",
    "rule.file-outside.why": (
        "What is applied must be what was reviewed: a file outside the repository is in no pull request. It "
        "also keeps a pull request from having other files of the machine read."
    ),
    "file-not-regular": "this is not an ordinary file",
    "file-not-regular.hint": "put an ordinary file in its place, or move it out of the manifests",
    "rule.file-not-regular.title": "a pipe, socket or device in place of a manifest",
    "rule.file-not-regular.why": "Reading a pipe or a device may never come to an end. Manifests are ordinary files.",
    "file-unreadable": "cannot be read: {why}",
    "file-unreadable.hint": "give the user that runs ssops the right to read it, or take it out of the manifests",
    "rule.file-unreadable.title": "a file or folder that cannot be read",
    "rule.file-unreadable.why": (
        "If it were passed over in silence, all the resources in it would look as if they had been taken out "
        "of the manifests."
    ),
    "file-name": "the name of this file is not UTF-8",
    "file-name.hint": "rename the file",
    "rule.file-name.title": "a file name that is not UTF-8",
    "rule.file-name.why": "Plans and reports name the file of each resource, and they are UTF-8 text on every machine.",
    "file-not-listed": "there is no manifest at '{path}', so nothing was checked",
    "file-not-listed.hint": "name a file or folder that exists, at or below one of 'manifests' in ssops.yaml: {listed}",
    "rule.file-not-listed.title": "a path to validate that holds no manifest of this repository",
    "rule.file-not-listed.why": (
        "Without this fault, validating a file that ssops does not read would look like success."
    ),
    "file-none": "no manifests were found in: {listed}",
    "file-none.hint": "write one ('ssops init DIR' makes examples to copy), or list the folders that have some under 'manifests'",
    "rule.file-none.title": "there are no manifests",
    "rule.file-none.why": (
        "A repository without manifests manages nothing; more often its folders are not listed in ssops.yaml."
    ),
    "manifest.moved": "'{file}' was changed while ssops was working with it",
    "manifest.moved.hint": "run the command again",
}
