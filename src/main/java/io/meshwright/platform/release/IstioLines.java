package io.meshwright.platform.release;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.Require;
import io.meshwright.value.Version;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The Istio minors of the table: which releases each admits and on which Kubernetes. */
final class IstioLines {
    static final String KEY = "istio.version";
    private static final String KUBERNETES = "cluster.kubernetes";

    private IstioLines() {}

    /** Oldest first. */
    static List<Table.Line> ascending() {
        return Table.KNOWN.istio().lines().stream()
                .sorted(Comparator.comparing(Table.Line::release))
                .toList();
    }

    static IstioRelease release(Version istio, Version kubernetes, String key) {
        Table.Line line = line(istio, key);
        Require.that(
                !fitting(kubernetes).isEmpty(),
                KUBERNETES,
                "\"%s\" runs no Istio of the compatibility table".formatted(kubernetes),
                "take one from %s, where Istio \"%s\" runs".formatted(line.kubernetes(), istio));
        Require.that(
                line.kubernetes().contains(kubernetes.line()),
                key,
                "Istio \"%s\" does not run on Kubernetes \"%s\", only on %s"
                        .formatted(istio, kubernetes, line.kubernetes()),
                "take Istio %s, or change cluster.kubernetes".formatted(names(fitting(kubernetes))));
        return of(istio);
    }

    static IstioRelease of(Version istio) {
        Table.Istio table = Table.KNOWN.istio();
        return new IstioRelease(istio, table.hub(), table.repository());
    }

    static Table.Line line(Version istio) {
        return line(istio, KEY);
    }

    private static Table.Line line(Version istio, String key) {
        Table.Line line = ascending().stream()
                .filter(known -> known.minor().equals(istio.line()))
                .findFirst()
                .orElseThrow(() -> new InvalidValue(
                        key,
                        "Istio \"%s\" is not in the compatibility table".formatted(istio),
                        "take one of %s".formatted(names(ascending()))));
        Require.that(
                !istio.isLine(),
                key,
                "\"%s\" names no patch".formatted(istio),
                "write \"%s\"".formatted(line.release()));
        Require.that(
                line.patches().contains(istio),
                key,
                "Istio \"%s\" is not one of %s".formatted(istio, line.patches()),
                "take %s".formatted(line.release()));
        return line;
    }

    private static List<Table.Line> fitting(Version kubernetes) {
        return ascending().stream()
                .filter(line -> line.kubernetes().contains(kubernetes.line()))
                .toList();
    }

    private static String names(List<Table.Line> lines) {
        return lines.stream().map(line -> line.release().value()).collect(Collectors.joining(", "));
    }
}
