package io.meshwright.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FindingsTest {
    static List<Example> examples() {
        return Example.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void do_not_depend_on_the_order_of_files(Example example) {
        List<String> documents = new ArrayList<>(List.of(example.text().split("(?m)^---$")));
        List<Integer> order = new ArrayList<>();
        for (int index = 0; index < documents.size(); index++) {
            order.add(index);
        }
        List<Finding> before = read(documents, order).all();
        Collections.shuffle(order, new Random(7));

        assertThat(read(documents, order).all())
                .extracting(Finding::toString)
                .isEqualTo(before.stream().map(Finding::toString).toList());
    }

    private static Findings read(List<String> documents, List<Integer> order) {
        ManifestReader reader = new ManifestReader();
        order.forEach(index -> reader.text("%03d.yaml".formatted(index), documents.get(index)));
        return Checks.run(reader.read(), Optional.empty());
    }
}
