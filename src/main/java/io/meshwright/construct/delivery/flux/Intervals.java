package io.meshwright.construct.delivery.flux;

/** Times between two looks, and the longest that one takes. */
final class Intervals {
    /** Git is read as often as Argo CD reads it. */
    static final String GIT = "1m";

    /** The time after which a change by hand is put back. */
    static final String DRIFT = "10m";

    static final String RETRY = "1m";

    /** Of an index of charts, which are pinned: it changes nothing before a commit names another version. */
    static final String INDEX = "1h";

    static final String FETCH = "1m";
    static final String TIMEOUT = "5m";

    private Intervals() {}
}
