package io.meshwright.check.cel;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import io.meshwright.check.cel.Functions.Type;
import java.util.ArrayList;
import java.util.List;

/** The functions on texts: what a regular expression finds, and values filled in. */
final class TextFunctions {
    private static final String LIMITED = "kubernetes_find_all_limited";

    private TextFunctions() {}

    static void addTo(Functions functions) {
        functions
                .method("format", Type.TEXT, Type.LIST, Type.TEXT, TextTemplate::filled)
                .method("find", Type.TEXT, Type.TEXT, Type.TEXT, TextFunctions::first)
                .method("findAll", Type.TEXT, Type.TEXT, Type.LIST, (text, pattern) -> all(text, pattern, -1))
                .other(
                        "findAll",
                        CelOverloadDecl.newMemberOverload(
                                LIMITED,
                                ListType.create(SimpleType.STRING),
                                SimpleType.STRING,
                                SimpleType.STRING,
                                SimpleType.INT),
                        CelFunctionBinding.from(
                                LIMITED,
                                List.of(String.class, String.class, Long.class),
                                values -> all((String) values[0], (String) values[1], (Long) values[2])));
    }

    private static String first(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? matcher.group() : "";
    }

    /** At most as many as the limit says; below 0 there is none. */
    private static List<String> all(String text, String pattern, long limit) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        int end = -1;
        while ((limit < 0 || found.size() < limit) && matcher.find()) {
            // Go leaves out an empty match that touches the one before.
            if (!matcher.group().isEmpty() || matcher.start() != end) {
                found.add(matcher.group());
            }
            end = matcher.end();
        }
        return found;
    }
}
