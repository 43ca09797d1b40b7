package io.meshwright.construct.object;

import io.meshwright.value.InvalidValue;

/** A construct that cannot be made of what it was given: the refusal of a value, and the construct's path. */
public final class InvalidConstruct extends InvalidValue {
    private static final long serialVersionUID = 1L;

    private final String path;

    /** @param path of the construct in its tree, such as {@code extras/web} */
    public InvalidConstruct(String path, InvalidValue refusal) {
        super(refusal.key(), refusal.problem(), refusal.remedy());
        this.path = path;
        initCause(refusal.getCause() == null ? refusal : refusal.getCause());
    }

    /** Path of the construct in its tree, such as {@code extras/web}. */
    public String path() {
        return path;
    }

    /** {@code key: what is wrong; what to do [path]}. */
    @Override
    public String getMessage() {
        return "%s [%s]".formatted(super.getMessage(), path);
    }
}
