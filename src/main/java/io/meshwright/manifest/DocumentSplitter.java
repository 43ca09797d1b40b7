package io.meshwright.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts a file at its document marks before anything is parsed, as kubectl does, so that one broken document spoils no
 * other.
 */
final class DocumentSplitter {
    private static final Pattern EMPTY = Pattern.compile("(?:[ \\t]*(?:#[^\\n]*)?|%[^\\n]*|---[ \\t]*(?:#[^\\n]*)?)");
    private static final String MARK = "---";
    private static final Pattern ESCAPED_SLASH = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*+)\\\\/");

    private DocumentSplitter() {}

    static List<Document> documents(String file, String text) {
        boolean json = json(text);
        String plain = json ? asYaml(text) : text;
        List<Document> documents = new ArrayList<>();
        int start = 0;
        int startLine = 1;
        int line = 1;
        for (int at = 0; at < plain.length(); at = nextLine(plain, at), line++) {
            if (at > start && (isMark(plain, at) || json && followsObject(plain, at))) {
                add(documents, file, plain.substring(start, at), startLine);
                start = at;
                startLine = line;
            }
        }
        add(documents, file, plain.substring(start), startLine);
        return documents;
    }

    private static void add(List<Document> documents, String file, String text, int line) {
        if (!text.lines().allMatch(one -> EMPTY.matcher(one).matches())) {
            documents.add(new Document(file, text, line));
        }
    }

    private static boolean isMark(String text, int at) {
        int after = at + MARK.length();
        return text.startsWith(MARK, at) && (after == text.length() || Character.isWhitespace(text.charAt(after)));
    }

    /** jq and others write JSON objects one after the other without a mark. */
    private static boolean followsObject(String text, int at) {
        return text.charAt(at) == '{' && text.startsWith("}\n", at - 2);
    }

    private static int nextLine(String text, int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end + 1;
    }

    private static boolean json(String text) {
        String start = text.stripLeading();
        // Two braces begin a Helm template.
        return start.startsWith("{") && !start.startsWith("{{") || start.startsWith("[");
    }

    /** snakeyaml knows neither tabs between tokens nor the escape of a slash, which JSON allows. */
    private static String asYaml(String json) {
        return ESCAPED_SLASH.matcher(json.replace('\t', ' ')).replaceAll("$1/");
    }
}
