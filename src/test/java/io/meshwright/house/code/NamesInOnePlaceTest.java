package io.meshwright.house.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.house.repository.Repository;
import io.meshwright.value.ArgoNames;
import io.meshwright.value.KubernetesNames;
import io.meshwright.value.MeshwrightNames;
import io.meshwright.value.Port;
import io.meshwright.value.istio.IstioAnnotations;
import io.meshwright.value.istio.IstioLabels;
import io.meshwright.value.istio.IstioNames;
import io.meshwright.value.istio.IstioPorts;
import io.meshwright.value.telemetry.OtlpPorts;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Ports and names of Istio, of Argo CD and of our own are typed once. Sentences may say them: a text with a blank in it
 * is one.
 */
class NamesInOnePlaceTest {
    private static final List<Class<?>> PORTS = List.of(IstioPorts.class, OtlpPorts.class);
    private static final List<Class<?>> NAMES = List.of(
            IstioNames.class, IstioLabels.class, IstioAnnotations.class, ArgoNames.class, MeshwrightNames.class);
    private static final Pattern TOKEN = Pattern.compile(
            "\"\"\".*?\"\"\"|\"(?<text>(?:[^\"\\\\\\n]|\\\\.)*)\"|'(?:[^'\\\\]|\\\\.)+'|//[^\\n]*|/\\*.*?\\*/"
                    + "|\\b(?<number>\\d[\\d_]*)\\b",
            Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("(?<![\\d.])\\d{4,5}(?![\\d.])");
    private static final Pattern OF_ISTIO = Pattern.compile("([a-z-]+\\.)*istio\\.io/[a-z].*");

    private final Set<String> ports = constants(PORTS);
    private final Set<String> names = constants(NAMES);

    @Test
    void there_are_ports_and_names_to_look_for() {
        assertThat(ports).contains("15012", "15020", "4317").hasSizeGreaterThan(12);
        assertThat(names)
                .contains("istio-system", "cluster.local", "istio.io/rev", "meshwright.io/owner")
                .hasSizeGreaterThan(50);
    }

    @Test
    void a_port_or_name_typed_again_is_found() {
        assertThat(typedAgain("int xds = 15012;")).containsExactly("15012");
        assertThat(typedAgain("\"%s.svc:15012\"")).containsExactly("%s.svc:15012");
        assertThat(typedAgain("\"istio.io/rev\", \"x\"")).containsExactly("istio.io/rev");
        assertThat(typedAgain("\"telemetry.istio.io/unheard-of\"")).containsExactly("telemetry.istio.io/unheard-of");
        assertThat(typedAgain("/** Port 15012. */ \"port 15012 of istiod in istio-system\" // istio.io/rev"))
                .isEmpty();
    }

    @Test
    void each_is_typed_once() {
        List<String> again = new ArrayList<>();
        Repository.files(Repository.ROOT.resolve("src/main/java")).forEach((path, text) -> {
            if (!owners().contains(path)) {
                typedAgain(text).forEach(token -> again.add("%s: %s".formatted(path, token)));
            }
        });

        assertThat(again).as("use the constants of %s", owners()).isEmpty();
    }

    private List<String> typedAgain(String source) {
        List<String> again = new ArrayList<>();
        Matcher token = TOKEN.matcher(source);
        while (token.find()) {
            String text = token.group("text");
            String number = token.group("number");
            if (number != null && ports.contains(number.replace("_", ""))) {
                again.add(number);
            } else if (text != null && text.indexOf(' ') < 0 && owned(text)) {
                again.add(text);
            }
        }
        return again;
    }

    private boolean owned(String text) {
        return names.stream().anyMatch(text::contains)
                || OF_ISTIO.matcher(text).matches()
                || NUMBER.matcher(text).results().anyMatch(number -> ports.contains(number.group()));
    }

    private static Set<String> owners() {
        List<Class<?>> owners = new ArrayList<>(PORTS);
        owners.addAll(NAMES);
        owners.add(KubernetesNames.class);
        return owners.stream()
                .map(owner -> owner.getName().replace('.', '/').concat(".java"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> constants(List<Class<?>> owners) {
        Set<String> constants = new TreeSet<>();
        for (Class<?> owner : owners) {
            for (Field field : owner.getFields()) {
                assertThat(Modifier.isStatic(field.getModifiers())).isTrue();
                constants.add(text(field));
            }
        }
        return constants;
    }

    private static String text(Field field) {
        try {
            return field.getType() == Port.class
                    ? Integer.toString(((Port) field.get(null)).value())
                    : field.get(null).toString();
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
