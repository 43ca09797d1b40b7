package io.meshwright.house.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Classes stand in rooms by subject; that no room needs one that needs it, ImportDirectionTest holds. */
class RoomsTest {
    private static final int MOST_FILES = 40;

    @ParameterizedTest
    @ValueSource(strings = {"main/java/io/meshwright", "test/java/io/meshwright"})
    void no_room_is_crowded(String house) throws IOException {
        try (var files = Files.walk(Path.of(house))) {
            Map<Path, Long> sizes = files.filter(Files::isRegularFile)
                    .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
            assertThat(sizes)
                    .hasSizeGreaterThan(60)
                    .allSatisfy(
                            (room, size) -> assertThat(size).as(room.toString()).isLessThanOrEqualTo(MOST_FILES));
        }
    }
}
