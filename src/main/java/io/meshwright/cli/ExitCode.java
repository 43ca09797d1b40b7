package io.meshwright.cli;

/** Exit codes of the process, the same for every command. */
public enum ExitCode {
    /** Done, and nothing to object to. */
    CLEAN(0),
    /** The program or the machine failed; the same input may pass another time. */
    CRASH(1),
    /** The command line, an environment file or what stands in dist is wrong; nothing was written. */
    USAGE(2),
    /** Nothing was written because nothing should be, and there is something that would be. */
    WOULD_CHANGE(3),
    /**
     * The input is well formed and the checks object to what it makes, so that nothing was written; or a row of a
     * request table is not as expected; or something is left of an environment whose file is gone.
     */
    FINDINGS(4),
    /** The request that was traced, or a part of such requests, does not arrive. */
    NOT_DELIVERED(5),
    /** A plan has changes of the risk that was set as its limit, or of a higher one. */
    RISK(6);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
