package io.meshwright.cli;

/** Exit codes of the process, the same for every command. */
public enum ExitCode {
    CLEAN(0, "done, and nothing to object to"),
    CRASH(1, "the program or the machine failed"),
    USAGE(2, "the command line or a file is wrong; nothing was written"),
    WOULD_CHANGE(3, "synth --dry-run: something would change"),
    FINDINGS(
            4,
            "the checks found errors, a row of a request table is not as expected, or something is left of an environment"
                    + " whose file is gone"),
    NOT_DELIVERED(5, "trace: the request, or a part of such requests, does not arrive"),
    RISK(6, "plan: a change has the risk that was set as the limit, or a higher one");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    /** For people, as the README has it. */
    public String meaning() {
        return meaning;
    }
}
