"""The command line as a whole: quick to start, in the user's language, and with exit codes that can be trusted."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from idesluss import __version__, examine, translate
from idesluss.cli import COMMANDS, everything, reporting
from idesluss.cli.complete import KIND_NAMES
from idesluss.cli.language import language_of
from idesluss.kinds import KINDS

Files = Mapping[str, str | bytes | None]
Instance = Callable[[Files], Path]

UNIT = "---\ntitle: Fastighet\ntype: unit\n---\n"
IDEA = "---\ntitle: Fukt\nunit: fastighet\n---\n\n## Problemet\n\nDet är blött.\n"
BAD = "---\ntitle: Fukt\nunit: fastighet\nstage: submited\n---\n\n## Problemet\n\nDet är blött.\n"
CLEAN: Files = {"ideas/units/fastighet.md": UNIT, "ideas/2026/fukt.md": IDEA}
BROKEN: Files = {"ideas/units/fastighet.md": UNIT, "ideas/2026/fukt.md": BAD}

HEAVY = (
    "pydantic", "lxml", "jinja2", "mkdocs", "PIL", "git", "yaml", "rich.console", "babel", "comrak", "nh3",
    "phonenumbers", "idesluss.kinds", "idesluss.settings", "idesluss.source",
)  # fmt: skip
"""What takes long to load and is not needed to say what there is."""


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    for name in ("IDESLUSS_LANG", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("IDESLUSS_CACHE", str(tmp_path / "cache"))
    before = translate.used()
    yield
    translate.use(before)


def run(*arguments: str | Path, **environment: str) -> Result:
    return CliRunner().invoke(everything, [str(argument) for argument in arguments], env=environment)


def run_process(*arguments: str | Path, **options: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "idesluss", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)


# A quick start


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("--version",),
        ("explain",),
        ("explain", "bad-value"),
        ("explain", "pilot"),
        ("check", "--help"),
        ("completion", "bash"),
    ],
)
def test_what_only_tells_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    """A quick start is kept by what is loaded, since time itself differs from machine to machine."""
    done, loaded = told_imports(*arguments)
    assert done.returncode == 0, done.stderr
    assert "idesluss.cli" in loaded
    assert [name for name in HEAVY if name in loaded] == []


def told_imports(*arguments: str, **environment: str) -> tuple[subprocess.CompletedProcess[str], set[str]]:
    """Run the real program, and which modules it imported."""
    command = [sys.executable, "-X", "importtime", "-m", "idesluss", *arguments]
    surroundings = {**os.environ, **environment}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=surroundings)
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return done, {line.rpartition("|")[2].strip() for line in lines}


def test_a_command_that_reads_does_load_what_is_heavy(instance: Instance) -> None:
    """So that the tests beside it can fail."""
    _, loaded = told_imports("--root", str(instance({})), "check")
    assert set(HEAVY) & loaded


def test_completing_loads_nothing_heavy() -> None:
    done, loaded = told_imports(_IDESLUSS_COMPLETE="bash_complete", COMP_WORDS="idesluss explain bad", COMP_CWORD="2")
    assert "bad-value" in done.stdout
    assert not set(HEAVY) & loaded


# Languages


def test_the_names_of_kinds_are_those_of_the_kinds() -> None:
    assert tuple(kind.kind for kind in KINDS) == KIND_NAMES


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ((), {}, "sv"),
        ((), {"LANG": "en_GB.UTF-8"}, "en"),
        ((), {"LANG": "C.UTF-8"}, "sv"),
        ((), {"LANG": "de_DE"}, "sv"),
        ((), {"LANG": "sv_SE", "LC_ALL": "en_US"}, "en"),
        ((), {"LANG": "en_US", "LC_MESSAGES": "sv_SE"}, "sv"),
        ((), {"LANG": "en_US", "IDESLUSS_LANG": "sv"}, "sv"),
        ((), {"IDESLUSS_LANG": "xx", "LANG": "en_US"}, "en"),
        (("--lang", "en"), {"IDESLUSS_LANG": "sv"}, "en"),
        (("check", "--lang=en"), {}, "en"),
        (("--lang", "sv", "check", "--lang", "en"), {}, "en"),
        (("--lang",), {}, "sv"),
        (("new", "idea", "--", "--lang", "en"), {}, "sv"),
    ],
)
def test_the_language_is_chosen_by_who_says_it_most_clearly(
    arguments: tuple[str, ...], environment: dict[str, str], language: str, tmp_path: Path
) -> None:
    assert language_of(arguments, environment, lambda: tmp_path) == language


def test_the_language_of_the_instance_goes_before_that_of_the_system(instance: Instance, tmp_path: Path) -> None:
    settings = "# language: sv\nname: X\nlanguage: 'en' # here\nx:\n  language: sv\n"
    root = instance({"idesluss.yml": settings, "ideas/2026/x/y.md": ""})
    assert language_of((), {"LANG": "sv_SE"}, lambda: root / "ideas" / "2026" / "x") == "en"
    assert language_of(("--root", str(root)), {"LANG": "sv_SE"}, lambda: tmp_path) == "en"
    assert language_of(("--root", "nowhere"), {"LANG": "en_US"}, lambda: root) == "en"


def helps() -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """All commands with their words, those within `new` too."""
    yield (), everything
    with click.Context(everything) as context:
        for name in COMMANDS:
            command = everything.get_command(context, name)
            assert command is not None
            yield (name,), command
            if isinstance(command, click.Group):
                for inner in command.list_commands(context):
                    below = command.get_command(context, inner)
                    assert below is not None
                    yield (name, inner), below


def test_every_command_and_option_has_help_in_both_languages() -> None:
    said: dict[str, dict[tuple[str, ...], str | None]] = {}
    for language in ("sv", "en"):
        translate.use(language)
        said[language] = {
            (*words, parameter.name): parameter.help
            for words, command in helps()
            for parameter in command.params
            if isinstance(parameter, click.Option) and not parameter.hidden
        } | {words: command.help for words, command in helps()}
    assert len(said["sv"]) > 40
    alike = {"Organisation", "Status"}
    untold = [
        words for words, told in said["sv"].items() if not told or (told == said["en"][words] and told not in alike)
    ]
    assert untold == []


@pytest.mark.parametrize("words", [(), *((name,) for name in COMMANDS), ("new", "idea")])
def test_help_is_in_swedish_to_the_last_word(words: tuple[str, ...]) -> None:
    result = run("--lang", "sv", *words, "--help")
    assert result.exit_code == 0
    assert "Visa den här hjälpen." in result.output
    assert result.output.startswith("Skriv så här: idesluss")
    for english in ("Usage", "Options:", "Commands", "[OPTIONS]", "Show ", "exit", "TEXT ENDS", "default:", "required"):
        assert english not in result.output
    assert run("--lang", "en", *words, "--help").output.startswith("Usage: idesluss")


@pytest.mark.parametrize(
    ("arguments", "swedish", "english"),
    [
        (("check", "--formt"), "Det finns inget val --formt.", "No such option"),
        (("chek",), "Det finns inget kommando ”chek”. Menade du check?", "Did you mean check?"),
        (("check", "--now", "1 maj"), "skriv ÅÅÅÅ-MM-DD", "write it as YYYY-MM-DD"),
        (("check", "--now", "2026-02-30"), "skriv ÅÅÅÅ-MM-DD", "write it as YYYY-MM-DD"),
        (("check", "--now", "20260201"), "skriv ÅÅÅÅ-MM-DD", "write it as YYYY-MM-DD"),
        (("check", "x"), "Det här hör inte dit: x", "unexpected extra argument"),
        (("check", "--jobs", "x"), "x är inte ett tal", "is not a valid integer"),
        (("list",), "Här saknas", "Missing argument"),
        (("list", "sak"), "sak är inte någon av", "is not one of"),
        (("--root", "nowhere", "check"), "Det finns ingen", "does not exist"),
    ],
)
def test_a_wrong_use_is_told_in_the_language_and_ends_with_2(
    arguments: tuple[str, ...], swedish: str, english: str
) -> None:
    for language, said in (("sv", swedish), ("en", english)):
        result = run("--lang", language, *arguments)
        assert result.exit_code == 2
        assert said in result.stderr
        assert result.stdout == ""


def test_the_language_does_not_stay_behind() -> None:
    before = os.environ.get("LANGUAGE")
    run("--lang", "sv", "--help")
    assert os.environ.get("LANGUAGE") == before


def test_version() -> None:
    assert run("--version").output == f"idesluss {__version__}\n"


# Which instance


def test_the_nearest_instance_upwards_is_meant(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    root = instance(CLEAN)
    monkeypatch.chdir(root / "ideas" / "2026")
    assert run("check").output == "Inga fel.\n"


@pytest.mark.parametrize(
    "command", [("check",), ("list", "idea"), ("build",), ("new", "idea", "x"), ("schema", "--write")]
)
def test_without_an_instance_there_is_advice(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("--lang", "en", *command)
    assert result.exit_code == 2
    assert "There is no idesluss.yml here or above." in result.stderr
    assert "--root" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_named_folder_has_to_be_an_instance(tmp_path: Path) -> None:
    result = run("--lang", "en", "check", "--root", tmp_path)
    assert result.exit_code == 2
    assert f"There is no idesluss.yml in {tmp_path}." in result.stderr


@pytest.mark.parametrize("before", [True, False])
def test_global_options_stand_before_or_after_the_command(instance: Instance, before: bool) -> None:
    shared = ["--root", str(instance(CLEAN)), "--lang", "en", "--quiet"]
    result = run(*shared, "check") if before else run("check", *shared)
    assert (result.exit_code, result.output) == (0, "")


# Checking


def test_problems_end_with_1_and_are_shown_in_the_language(instance: Instance) -> None:
    root = instance(BROKEN)
    result = run("--root", root, "check")
    assert result.exit_code == 1
    assert "ideas/2026/fukt.md:4:8: fel: stage kan inte vara ”submited” [bad-value]" in result.output
    assert "    4 | stage: submited\n      |        ^\n      = menade du submitted?" in result.output
    assert "error: stage cannot be “submited”" in run("--root", root, "check", "--lang", "en").output


def test_a_second_check_says_the_same(instance: Instance) -> None:
    root = instance(BROKEN)
    first = run("--root", root, "check")
    time.sleep(0.1)
    assert [run("--root", root, "check").output for _ in range(2)] == [first.output] * 2


def test_warnings_do_not_count(instance: Instance) -> None:
    root = instance({**CLEAN, "ideas/2026/fukt.md": IDEA + "\n#### Djupt\n\nText.\n"})
    result = run("--root", root, "check")
    assert "varning: " in result.output
    assert result.exit_code == 0


def test_faults_of_the_settings_are_problems_too(instance: Instance) -> None:
    root = instance({"idesluss.yml": "name: X\nadress: y\n"})
    result = run("--root", root, "--lang", "en", "check")
    assert result.exit_code == 1
    assert "idesluss.yml:2:1: error: there is no field adress" in result.output
    assert run("--root", root, "list", "idea").exit_code == 1


def test_paths_can_be_opened_from_where_one_stands(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    root = instance(BROKEN)
    monkeypatch.chdir(root / "ideas")
    assert "\n" + "../ideas/2026/fukt.md:4:8" in "\n" + run("check").output
    monkeypatch.chdir(root.parent)
    assert "\n" + f"{root.name}/ideas/2026/fukt.md:4:8" in "\n" + run("--root", root, "check").output


def test_json_has_paths_of_the_instance(instance: Instance) -> None:
    result = run("--root", instance(BROKEN), "check", "--format", "json")
    assert [one["path"] for one in json.loads(result.stdout)] == ["ideas/2026/fukt.md"]
    assert result.exit_code == 1


def test_github_gets_commands_and_a_summary_by_itself(instance: Instance, tmp_path: Path) -> None:
    root = instance(BROKEN)
    (root.parent / ".git").mkdir()
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    surroundings = {
        "GITHUB_ACTIONS": "true",
        "GITHUB_STEP_SUMMARY": str(summary),
        "GITHUB_SERVER_URL": "https://github.example",
        "GITHUB_REPOSITORY": "o/r",
        "GITHUB_SHA": "abc",
    }
    result = run("--root", root, "check", **surroundings)
    assert result.exit_code == 1
    assert result.output.startswith(
        f"::error file={root.name}/ideas/2026/fukt.md,line=4,col=8,title=bad-value::stage kan"
    )
    told = summary.read_text("utf-8")
    assert told.startswith("before\n### 1 fel i 1 fil\n")
    assert f"https://github.example/o/r/blob/abc/{root.name}/ideas/2026/fukt.md?plain=1#L4" in told
    assert run("--root", root, "check", "--format", "text", **surroundings).output.startswith("ideas/") is False
    uri = json.loads(run("--root", root, "check", "--format", "sarif").output)["runs"][0]["results"][0]["locations"]
    assert uri[0]["physicalLocation"]["artifactLocation"]["uri"] == f"{root.name}/ideas/2026/fukt.md"


def test_a_clean_run_adds_nothing_to_the_summary(instance: Instance, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    run("--root", instance(CLEAN), "check", GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(summary))
    assert summary.read_text() == ""


def test_quiet_says_what_is_wrong(instance: Instance) -> None:
    assert "submited" in run("--root", instance(BROKEN), "--quiet", "check").output


def test_a_terminal_gets_colours_unless_it_wants_none(instance: Instance) -> None:
    """A real terminal, so that what rich and we decide about it is the real thing."""
    root = instance(BROKEN)

    def shown(**surroundings: str) -> bytes:
        import pty

        primary, secondary = pty.openpty()
        command = [sys.executable, "-m", "idesluss", "--root", str(root), "check"]
        base = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
        environment = {**base, "TERM": "xterm-256color", **surroundings}
        with subprocess.Popen(command, stdout=secondary, stderr=subprocess.DEVNULL, env=environment):
            os.close(secondary)
            told = b""
            while True:
                try:
                    read = os.read(primary, 4096)
                except OSError:
                    break
                if not read:
                    break
                told += read
        os.close(primary)
        return told

    assert b"\x1b[1;31mfel" in shown()
    plain = shown(NO_COLOR="1")
    assert b"\x1b[1;31m" not in plain
    assert b"fel" in plain
    assert b"\x1b" not in shown(TERM="dumb")


# Endings


def test_a_crash_is_no_problem_of_the_content(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr(examine, "examine", fail)
    monkeypatch.setattr(examine, "again", lambda *_: None)
    result = run("--root", instance(CLEAN), "--lang", "en", "check")
    assert result.exit_code == 70
    assert "on purpose" in result.stderr
    assert "This is a fault in the program." in result.stderr


def test_what_the_system_refuses_is_told_without_a_traceback(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "ideas")

    monkeypatch.setattr(examine, "examine", fail)
    monkeypatch.setattr(examine, "again", lambda *_: None)
    result = run("--root", instance(CLEAN), "--lang", "en", "check")
    assert (result.exit_code, result.stderr) == (2, "Error: ideas: permission denied\n")
    told = run("--root", instance(CLEAN), "--lang", "sv", "check")
    assert told.stderr == "Fel: ideas: behörighet saknas\n"


@pytest.mark.parametrize("command", ["list idea", "check", "--help"])
def test_a_closed_output_is_no_fault_of_the_program(instance: Instance, command: str) -> None:
    program = [sys.executable, "-m", "idesluss", "--root", str(instance(CLEAN)), *command.split()]
    done = subprocess.run(["sh", "-c", 'exec "$@" >&-', "sh", *program], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files on this system")
def test_what_never_ends_is_not_read(instance: Instance) -> None:
    root = instance(CLEAN)
    os.mkfifo(root / "ideas" / "2026" / "ror.md")
    result = run("--root", root, "check", "--format", "json")
    assert [(one["path"], one["code"]) for one in json.loads(result.stdout)] == [("ideas/2026/ror.md", "file-name")]


def test_an_interrupt_leaves_no_traceback(instance: Instance) -> None:
    process = run_process("--root", instance(CLEAN), "serve", "--port", "0")
    assert process.stderr is not None
    said = ""
    while "http://" not in said:
        line = process.stderr.readline()
        assert line, said
        said += line
    process.send_signal(signal.SIGINT)
    _, rest = process.communicate(timeout=30)
    assert "Traceback" not in said + rest
    assert process.returncode in (0, 130)


def test_an_interrupt_while_checking_ends_with_130(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(examine, "again", interrupt)
    result = run("--root", instance(CLEAN), "check")
    assert (result.exit_code, result.output.strip()) == (130, "")


@pytest.mark.parametrize("arguments", [("explain",), ("schema", "idea"), ("--help",)])
def test_a_reader_that_has_enough_gets_no_complaint(arguments: tuple[str, ...]) -> None:
    """As in `idesluss explain | head -1`."""
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "idesluss", *arguments]
    done = subprocess.run(command, check=False, stdout=write, stderr=subprocess.PIPE, text=True)
    os.close(write)
    assert done.stderr == ""
    assert done.returncode not in (0, 2, 70)


def test_progress_is_shown_only_on_a_terminal(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    process = run_process("--root", instance(CLEAN), "check")
    _, told = process.communicate(timeout=60)
    assert told == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with click.Context(everything), reporting.progress() as parts:
        assert parts is not None
        parts("read")(1, 2)


def test_letters_that_the_output_does_not_know_do_no_harm(instance: Instance) -> None:
    surroundings = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    process = run_process("--root", instance(BROKEN), "check", env=surroundings, encoding="latin-1")
    told, complaint = process.communicate(timeout=60)
    assert "fel: stage kan inte vara \\u201dsubmited\\u201d" in told
    assert (process.returncode, complaint) == (1, "")


# Completion


def complete(*words: str, cwd: Path | None = None) -> list[str]:
    surroundings = {
        **os.environ,
        "_IDESLUSS_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(("idesluss", *words)),
        "COMP_CWORD": str(len(words)),
    }
    done = subprocess.run(
        [sys.executable, "-c", "from idesluss.cli import main; main()"],
        check=False,
        capture_output=True,
        text=True,
        env=surroundings,
        cwd=cwd,
    )
    assert done.stderr == ""
    return [line.partition(",")[2] for line in done.stdout.splitlines()]


def test_the_tab_key_completes_commands_kinds_codes_and_ids(instance: Instance) -> None:
    root = instance(CLEAN)
    assert complete("ch") == ["check"]
    assert complete("list", "co") == ["coach"]
    assert complete("explain", "bad") == ["bad-value"]
    assert complete("explain", "pil") == ["pilot"]
    assert complete("new", "idea", "x", "--unit", "fa", cwd=root) == ["fastighet"]
    assert complete("check", "--format", "j") == ["json"]
    assert complete("new", "me") == ["method"]
    assert len(complete("new", "", cwd=root)) == 12
    assert complete("advance", "x", "con") == ["concept"]
    assert "--quiet" not in complete("advance", "x", "concept", "--", cwd=root)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_there_is_a_script_for_each_shell(shell: str) -> None:
    assert "_IDESLUSS_COMPLETE" in run("completion", shell).output


@pytest.mark.parametrize("language", ["en", "sv"])
def test_the_list_of_commands_says_whole_sentences(language: str) -> None:
    for words in ([], ["booklet"], ["new"]):
        told = run("--lang", language, *words, "--help").stdout
        assert "..." not in told.partition("\n\n")[2]
        assert "…" not in told.partition("\n\n")[2]


def test_a_root_that_is_not_there_is_told_in_swedish() -> None:
    result = run("--lang", "sv", "--root", "/finns/inte", "check")
    assert result.exit_code == 2
    assert "Det finns ingen mapp /finns/inte." in result.stderr


@pytest.mark.parametrize("name", ["behov", "Behov", "needs", "need"])
def test_an_entry_of_a_kind_is_begun_by_what_the_kind_is_called(instance: Instance, name: str) -> None:
    root = instance(CLEAN)
    assert run("--root", root, "new", name, "Varm mat").exit_code == 0
    assert (root / "ideas" / "needs" / "varm-mat.md").is_file()


@pytest.mark.parametrize("name", ["answered", "Besvarad", "answered "])
def test_a_stage_is_explained_by_what_it_is_called(name: str) -> None:
    assert run("--lang", "sv", "explain", name).stdout.startswith("answered: Besvarad")


def test_what_is_unknown_is_told_with_where_all_is_listed(instance: Instance) -> None:
    assert "All of them: idesluss explain" in run("--lang", "en", "explain", "qqq").stderr
    assert "There are: units, " in run("--root", instance(CLEAN), "--lang", "en", "measures", "qqq").stderr


def test_a_port_that_is_taken_is_told_with_the_way_out(instance: Instance) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        result = run("--root", instance(CLEAN), "--lang", "sv", "serve", "--port", port)
    assert result.exit_code == 2
    assert "välj en annan port med --port" in result.stderr


OWN_STAGES = "name: A\nowner: B\naddress: https://a.example/\nstages: {answered: Mottagen, test: Provas}\n"


def test_a_stage_is_known_by_what_the_instance_calls_it(instance: Instance) -> None:
    """Everywhere where a command takes or tells a stage."""
    idea = "---\ntitle: A\nunit: u\nhistory: [{stage: submitted, date: 2024-01}, {stage: answered, date: 2024-02}]\n"
    files = {
        "idesluss.yml": OWN_STAGES,
        "ideas/units/u.md": "---\ntitle: U\ntype: unit\n---\n",
        "ideas/2026/a.md": f"{idea}stage: answered\n---\n\n## Problem\n\nDet.\n",
    }
    root = instance(files)

    def told(*arguments: str) -> str:
        done = run(*arguments, "--root", str(root))
        return done.stdout + done.stderr

    assert told("explain", "mottagen").startswith("answered: Mottagen")
    assert told("explain", "Besvarad").startswith("answered: Mottagen")
    assert "\na   " in told("list", "idea", "--where", "stage=Mottagen")
    assert "Mottagen (answered)" in told("history", "a")
    assert "redan i steget Mottagen" in told("advance", "a", "Mottagen")
    assert "answered (Mottagen)" in told("advance", "a", "Ingen")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--root", "idesluss.yml", "check"), "idesluss.yml är ingen mapp."),
        (("build", "--site", "idesluss.yml"), "idesluss.yml är ingen mapp."),
        (("booklet", "make", "x", "--out", "idesluss.yml"), "idesluss.yml är ingen mapp."),
        (("schema", "x"), "Värdet för 'SLAG' går inte"),
        (("build", "--jobs", "x"), "x är inte ett tal som går här (heltal)."),
        (("new", "idee", "Titel"), "Det finns inget slag ”idee”"),
    ],
)
def test_a_wrong_use_is_told_in_words_of_the_language(
    arguments: tuple[str, ...], said: str, instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(instance({}))
    told = run("--lang", "sv", *arguments)
    assert told.exit_code == 2
    assert said in told.stderr, told.stderr


def test_bounds_are_told_as_people_write_them(instance: Instance) -> None:
    root = instance(CLEAN)
    said = run("--root", root, "--lang", "sv", "check", "--jobs", "999").output
    assert "999 ligger utanför 1–256." in said
    assert "[1–256]" in run("--lang", "sv", "check", "--help").output
