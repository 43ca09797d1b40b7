package io.meshwright.environment.reader;

/** A file as it was read: its name as messages call it, and its bytes. */
public final class SourceText {
    private final String name;
    private final byte[] content;

    private SourceText(String name, byte[] content) {
        this.name = name;
        this.content = content.clone();
    }

    public static SourceText of(String name, byte[] content) {
        return new SourceText(name, content);
    }

    public String name() {
        return name;
    }

    public byte[] content() {
        return content.clone();
    }
}
