package io.meshwright.page;

/** Text as HTML shows it. */
public final class Html {
    private Html() {}

    /** Plain text that is neither markup nor the end of an attribute. */
    public static String escaped(String plain) {
        return plain.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
