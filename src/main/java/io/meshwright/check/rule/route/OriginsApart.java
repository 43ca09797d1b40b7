package io.meshwright.check.rule.route;

import com.google.auto.service.AutoService;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A CORS policy admits the sites that its writer owns: a dot in an expression stands for every character, and a prefix
 * does not end at the end of a host.
 */
@AutoService(Inspection.class)
public final class OriginsApart implements Check {
    public static final Rule ORIGIN_OF_OTHERS = Rule.warning("MESH356", "origin_of_others")
            .title("A CORS policy admits sites that anybody may register")
            .consequence("Their pages read answers that are meant for others, in the name of who visits them.")
            .remedy("List origins by exact; or write each dot of an expression as \\., as in"
                    + " https://([a-z]+\\.)?example\\.org.");

    /** Scheme, what stands before the domain, and the domain's two labels at the end of an expression. */
    private static final Pattern DOMAIN =
            Pattern.compile("^\\^?(https?)\\??://(|.*[^a-z0-9-])([a-z0-9-]+)\\\\?\\.([a-z]{2,})(\\(:.*\\)\\?)?\\$?$");

    private static final Pattern PREFIX = Pattern.compile("^https?://[a-z0-9.-]*[a-z0-9][a-z0-9.-]*$");

    @Override
    public List<Rule> rules() {
        return List.of(ORIGIN_OF_OTHERS);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.virtualServices().all().stream()
                .flatMap(service -> service.written().stream())
                .flatMap(OriginsApart::findings);
    }

    private static Stream<Finding> findings(HttpRoute route) {
        Source policy = route.source().at("/corsPolicy");
        return policy.items("allowOrigins")
                .flatMap(origin -> Stream.of(origin.at("/regex"), origin.at("/prefix")))
                .flatMap(place -> stranger(place).stream()
                        .map(site -> ORIGIN_OF_OTHERS.at(
                                place,
                                "\"%s\" admits %s too".formatted(place.value().asText(), site))));
    }

    /** The origin of somebody else that is admitted. */
    private static Optional<String> stranger(Source place) {
        String written = place.value().asText("");
        if (place.pointer().endsWith("/prefix")) {
            return PREFIX.matcher(written).matches()
                    ? Optional.of("%sevil.org".formatted(written.endsWith(".") ? written : written.concat(".")))
                    : Optional.empty();
        }
        Matcher domain = DOMAIN.matcher(written);
        if (!domain.matches()) {
            return Optional.empty();
        }
        String before =
                domain.group(2).replaceAll("\\.[*+]", "a").replace("\\", "").replaceFirst("\\.$", "x");
        return Stream.of("evil", "evil-", before)
                .filter(glued -> !glued.isEmpty())
                .map(glued -> "%s://%s%s.%s".formatted(domain.group(1), glued, domain.group(3), domain.group(4)))
                .filter(site -> admits(written, site))
                .findFirst();
    }

    private static boolean admits(String expression, String origin) {
        try {
            return Pattern.matches(expression, origin);
        } catch (PatternSyntaxException refused) {
            return false;
        }
    }
}
