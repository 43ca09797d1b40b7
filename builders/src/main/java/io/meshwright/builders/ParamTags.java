package io.meshwright.builders;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The descriptions of a record's components in its Javadoc. */
final class ParamTags {
    private static final Pattern PARAM =
            Pattern.compile("@param\\s+(\\w+)\\s+(.+?)(?=\\R\\s*@\\w|\\z)", Pattern.DOTALL);

    private ParamTags() {}

    /** By component; {@code javadoc} is null where there is none. */
    static Map<String, String> of(String javadoc) {
        Map<String, String> descriptions = new TreeMap<>();
        Matcher tag = PARAM.matcher(javadoc == null ? "" : javadoc);
        while (tag.find()) {
            descriptions.put(tag.group(1), tag.group(2).replaceAll("\\s+", " ").strip());
        }
        return descriptions;
    }
}
