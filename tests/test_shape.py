"""The house keeps its shape."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(p for p in (ROOT / "src").rglob("*.py") if "migrations" not in p.parts)
ACTIONS = sorted(
    p for p in (ROOT / "src/pilotage").glob("*/actions/*.py") if p.name != "__init__.py"
)
LONGEST_FILE, LONGEST_FUNCTION = 400, 40
BANNED_NAMES = re.compile(r"(service|manager|helper|util|handler|processor)s?$", re.IGNORECASE)
# Names that a library asks for.
ALLOWED_NAMES = {"OperatorManager"}


def ids(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_file_outgrows_the_house() -> None:
    long = {ids(p): n for p in SOURCES if (n := len(p.read_text().splitlines())) > LONGEST_FILE}
    assert not long


def test_no_function_outgrows_the_house() -> None:
    long = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines - _docstring_lines(node) > LONGEST_FUNCTION:
                    long.append(f"{ids(path)}:{node.name} {lines}")
    assert not long


def _docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    is_text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return (first.end_lineno or 0) - first.lineno + 1 if is_text else 0


def test_nothing_is_named_after_what_it_is_not() -> None:
    bad = [ids(p) for p in SOURCES if BANNED_NAMES.search(p.stem)]
    for path in SOURCES:
        classes = [n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.ClassDef)]
        bad += [
            f"{ids(path)}:{c.name}"
            for c in classes
            if BANNED_NAMES.search(c.name) and c.name not in ALLOWED_NAMES
        ]
    assert not bad


@pytest.mark.parametrize("path", ACTIONS, ids=ids)
def test_an_action_is_one_function_with_actor_first_docstring_and_test(path: Path) -> None:
    module = ast.parse(path.read_text())
    assert ast.get_docstring(module), "the module says what the action is"
    functions = {n.name: n for n in module.body if isinstance(n, ast.FunctionDef)}
    assert path.stem in functions, f"the function is called {path.stem}"
    action = functions[path.stem]
    assert ast.get_docstring(action)
    names = [a.arg for a in action.args.args]
    assert names and names[0] == "actor", "the actor comes first"
    area = path.parent.parent.name
    assert (ROOT / "tests" / area / f"test_{path.stem}.py").exists(), "it has a test of its name"


def test_time_comes_from_the_clock() -> None:
    telling = re.compile(r"datetime\.(now|utcnow|today)\(|timezone\.now\(|date\.today\(")
    bad = [
        ids(p)
        for p in SOURCES
        if "pilotage" in p.parts and p.name != "clock.py" and telling.search(p.read_text())
    ]
    assert not bad


def test_templates_stay_small_and_are_rendered_by_cotton() -> None:
    templates = sorted((ROOT / "src/pilotage").rglob("templates/**/*.html"))
    long = {ids(t): n for t in templates if (n := len(t.read_text().splitlines())) > 120}
    assert not long


def test_interfaces_never_query_a_model() -> None:
    """They may name one for its type; rows come from queries, which take the actor."""
    asks = re.compile(r"\b(?!KeptAnswer|Procrastinate)[A-Z]\w+\.objects\b")
    bad = [
        f"{ids(p)}: {found[0]}"
        for p in SOURCES
        if {"web", "api", "cli"} & set(p.parts) and (found := asks.search(p.read_text()))
    ]
    assert not bad
