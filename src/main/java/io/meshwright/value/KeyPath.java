package io.meshwright.value;

/** Path of a value in a file: {@code services.web.ports[0].port}; a key with a dot is quoted in brackets. */
public record KeyPath(String text) {
    private static final KeyPath ROOT = new KeyPath("");

    public static KeyPath root() {
        return ROOT;
    }

    public static KeyPath of(String text) {
        return new KeyPath(text);
    }

    public KeyPath key(String key) {
        boolean plain =
                !key.isEmpty() && key.chars().noneMatch(c -> ".[]\"\\".indexOf(c) >= 0 || Character.isISOControl(c));
        return then(plain ? key : "[\"%s\"]".formatted(escaped(key)));
    }

    public KeyPath index(int index) {
        return new KeyPath("%s[%d]".formatted(text, index));
    }

    /** Puts a written path below this one; an empty path changes nothing. */
    public KeyPath then(String path) {
        if (text.isEmpty() || path.isEmpty() || path.startsWith("[")) {
            return new KeyPath(text + path);
        }
        return new KeyPath("%s.%s".formatted(text, path));
    }

    private static String escaped(String key) {
        StringBuilder escaped = new StringBuilder();
        key.chars().forEach(c -> {
            if (Character.isISOControl(c)) {
                escaped.append("\\u%04x".formatted(c));
            } else {
                escaped.append(c == '"' || c == '\\' ? "\\" : "").append((char) c);
            }
        });
        return escaped.toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
