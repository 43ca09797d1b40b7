package io.meshwright.house.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.house.repository.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Messages quote a value in one way, which is a search word for whoever reads one: {@code "value"}. */
class QuotesTest {
    private static final Pattern TOKEN = Pattern.compile(
            "\"\"\".*?\"\"\"|\"(?<text>(?:[^\"\\\\\\n]|\\\\.)*)\"|'(?:[^'\\\\]|\\\\.)+'|//[^\\n]*|/\\*.*?\\*/",
            Pattern.DOTALL);
    private static final Pattern SINGLE = Pattern.compile("'%[0-9$]*[sd]'");
    /** They write for shells and YAML, or of Content-Security-Policy, which have quotes of their own. */
    private static final Set<String> OTHER_LANGUAGES = Set.of(
            "file/References.java",
            "cli/option/Setting.java",
            "cli/shell/FishCompletion.java",
            "incident/cause/Looks.java",
            "operations/AskedHosts.java",
            "operations/KnownWorkloads.java",
            "value/edge/ContentSecurityPolicy.java");

    @Test
    void a_value_between_single_quotes_is_found() {
        assertThat(found("throw refusal(\"'%s' is no kind\".formatted(kind));")).hasSize(1);
        assertThat(found("throw refusal(\"\\\"%s\\\" is no kind\".formatted(kind)); // '%s'"))
                .isEmpty();
    }

    @Test
    void no_message_has_one() {
        List<String> single = new ArrayList<>();
        var sources = Repository.files(Repository.ROOT.resolve("src/main/java/io/meshwright"));
        assertThat(sources).hasSizeGreaterThan(500).containsKeys(OTHER_LANGUAGES.toArray(String[]::new));
        sources.forEach((path, text) -> {
            if (!OTHER_LANGUAGES.contains(path)) {
                found(text).forEach(line -> single.add("%s: %s".formatted(path, line)));
            }
        });

        assertThat(single).as("write \\\"%s\\\"").isEmpty();
    }

    private static List<String> found(String source) {
        List<String> found = new ArrayList<>();
        Matcher token = TOKEN.matcher(source);
        while (token.find()) {
            String text = token.group("text");
            if (text != null && SINGLE.matcher(text).find()) {
                found.add(text);
            }
        }
        return found;
    }
}
