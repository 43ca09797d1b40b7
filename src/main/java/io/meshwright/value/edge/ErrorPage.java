package io.meshwright.value.edge;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.delivery.BesideFile;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The text that people read where a gateway answers with an error itself; answers of services stay as they are. */
@Doc("What people read where the gateway answers with an error itself; answers of services stay as they are.")
@Sample("{statuses: [503], text: <h1>Back soon</h1>}")
public record ErrorPage(
        @Required @Doc("Statuses of the gateway's answers, 400 to 599.") @Sample("[502, 503, 504]")
        List<Integer> statuses,

        @Nullable @Doc("The page; at most 64Ki.") @Sample("<h1>Back soon</h1>")
        String text,

        @Nullable @Doc("Path of a text file from the folder of this file, with the page.")
        BesideFile from,

        @Defaulted
        @Doc("Type of the page; one of text/html is for those alone who accept that; default text/html; charset=utf-8.")
        @Sample("application/json")
        String contentType) {
    private static final int LONGEST = 1 << 16;

    public ErrorPage {
        statuses = Require.notEmpty("statuses", statuses).stream()
                .distinct()
                .sorted()
                .toList();
        statuses.forEach(status -> Require.inRange("statuses", status, 400, 599));
        Require.that((text == null) != (from == null), "", "is not exactly one of text and from", "give one of them");
        String page = text == null ? Objects.requireNonNull(from).text() : text;
        contentType = MediaType.checked(contentType == null ? "text/html; charset=utf-8" : contentType);
        Require.that(
                !page.isBlank() && page.getBytes(StandardCharsets.UTF_8).length <= LONGEST,
                text == null ? "from" : "text",
                "is empty, or longer than 64Ki, all of which each gateway pod keeps in its configuration",
                "write a short page, with pictures elsewhere");
    }

    /**
     * Pages each of whose statuses is in none of the others.
     *
     * @throws io.meshwright.value.InvalidValue at {@code key}
     */
    public static List<ErrorPage> apart(String key, List<ErrorPage> pages) {
        Set<Integer> taken = new HashSet<>();
        pages.forEach(page -> page.statuses()
                .forEach(status -> Require.that(
                        taken.add(status), key, "has two pages for \"%d\"".formatted(status), "remove one of them")));
        return List.copyOf(pages);
    }

    /** The page itself. */
    public String page() {
        return text == null ? Objects.requireNonNull(from).text() : text;
    }

    /** True if it is for browsers. */
    public boolean isHtml() {
        return contentType.startsWith("text/html");
    }
}
