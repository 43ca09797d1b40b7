package io.meshwright.value.traffic;

import com.google.re2j.Pattern;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.ImageReference;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Word;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gives each group of users a version of its own, for as long as they are in that group. */
@Word("abTest")
@Doc("Gives each group of users a version of its own.")
public record AbTest(
        @Required @Doc("What tells the group of a request.") By by,

        @Required @Doc("Versions and their groups; one without groups takes everybody else.")
        List<Version> versions)
        implements Release {
    public AbTest {
        Require.present("by", by);
        versions = List.copyOf(Require.notEmpty("versions", versions));
        Require.that(
                versions.size() > 1, "versions", "has one entry, so there is no second version", "give at least two");
        Release.distinct("versions", versions.stream().map(Version::name).toList());
        long rest = versions.stream().filter(Version::isRest).count();
        Require.that(
                rest == 1,
                "versions",
                "%d of them take everybody else".formatted(rest),
                "leave groups away in exactly one");
        Set<String> groups = new LinkedHashSet<>();
        versions.forEach(version -> version.groups()
                .forEach(group -> Require.that(
                        groups.add(group),
                        "versions",
                        "group \"%s\" has two versions".formatted(group),
                        "give each group one")));
    }

    @Override
    public List<Variant> variants() {
        return versions.stream()
                .map(version -> new Variant(version.name(), version.image()))
                .toList();
    }

    @Override
    public List<RouteMatch.Condition> conditions() {
        return versions.stream()
                .filter(version -> !version.isRest())
                .map(version -> by.condition(version.groups()))
                .toList();
    }

    /** Place of the group in a request. */
    @Doc("Where the group stands in a request; one of the keys.")
    public record By(
            @Nullable @Doc("Name of a header.") String header,
            @Nullable @Doc("Name of a cookie.") String cookie,

            @Nullable @Doc("Name of a claim of a verified token; only through a gateway host with jwt.")
            String claim) {
        public By {
            int given = (header == null ? 0 : 1) + (cookie == null ? 0 : 1) + (claim == null ? 0 : 1);
            Require.that(
                    given == 1,
                    "",
                    "does not say in one way where the group stands",
                    "give one of header, cookie and claim");
        }

        /** One of these groups. */
        public RouteMatch.Condition condition(List<String> groups) {
            String any = groups.stream().map(Pattern::quote).collect(Collectors.joining("|"));
            if (cookie != null) {
                return RouteMatch.Condition.cookie(cookie, "(%s)".formatted(any));
            }
            TextMatch value = groups.size() == 1 ? TextMatch.exact(groups.get(0)) : TextMatch.regex(any);
            return header != null
                    ? RouteMatch.Condition.header(header, value)
                    : RouteMatch.Condition.claim(Require.present("claim", claim), value);
        }
    }

    /** One version and who gets it. */
    @Doc("One version and who gets it.")
    public record Version(
            @Required @Doc("Value of the version label.") Name name,

            @Defaulted @Doc("Groups that get it; default: everybody else.")
            List<String> groups,

            @Nullable @Doc("Its image; default: the service's.")
            ImageReference image) {
        public Version {
            Require.present("name", name);
            groups = groups == null ? List.of() : List.copyOf(groups);
        }

        public static Version of(String name, String... groups) {
            return new Version(Name.of(name), List.of(groups), null);
        }

        boolean isRest() {
            return groups.isEmpty();
        }
    }
}
