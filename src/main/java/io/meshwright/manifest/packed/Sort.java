package io.meshwright.manifest.packed;

/** Sorts of values; their order is what a packed value begins with. */
enum Sort {
    NULL,
    FALSE,
    TRUE,
    INT,
    LONG,
    BIG_INTEGER,
    DOUBLE,
    TEXT,
    ARRAY,
    OBJECT;

    private static final Sort[] ALL = values();

    static Sort of(int ordinal) {
        return ALL[ordinal];
    }
}
