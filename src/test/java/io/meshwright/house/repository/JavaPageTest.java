package io.meshwright.house.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.construct.WrittenDefaults;
import io.meshwright.construct.object.ApiObjects;
import io.meshwright.extension.ExtensionJar;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cdk8s.App;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each class of docs/java.md compiles, and each chart renders; the extension is that of ShopExtrasTest in short. */
class JavaPageTest {
    private static final Pattern BLOCK = Pattern.compile("(?s)```java\n(.*?)```");

    @Test
    void what_a_reader_copies_works(@TempDir Path folder) throws Exception {
        Map<String, String> classes = classes(Files.readString(Repository.ROOT.resolve("docs/java.md")));
        Path jar = ExtensionJar.of(classes).write(folder.resolve("page.jar"));

        assertThat(classes).containsOnlyKeys("com.example.shop.Extras", "Worker", "Adopted");
        assertThat(kinds(jar, "Worker")).contains("Deployment", "PodDisruptionBudget", "ServiceAccount");
        assertThat(kinds(jar, "Adopted")).contains("Deployment", "Service", "VirtualService", "Gateway");
    }

    /** Compiled and run by ShopKotlinTest. */
    @Test
    void what_it_shows_of_kotlin_is_the_example() throws IOException {
        Matcher block = Pattern.compile("(?s)```kotlin\n(.*?)```")
                .matcher(Files.readString(Repository.ROOT.resolve("docs/java.md")));
        assertThat(block.find()).isTrue();

        assertThat(Repository.ROOT.resolve("examples/shop-kotlin/src/main/kotlin/com/example/shop/Reviews.kt"))
                .content()
                .endsWith(block.group(1));
    }

    @Test
    void the_readme_composes_a_service_in_less_than_ten_imports() throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(Repository.ROOT.resolve("README.md")));
        assertThat(block.find()).isTrue();

        assertThat(block.group(1).lines().filter(line -> line.startsWith("import ")))
                .hasSizeBetween(1, 9);
    }

    private static Map<String, String> classes(String page) {
        Map<String, String> classes = new LinkedHashMap<>();
        Matcher block = BLOCK.matcher(page);
        while (block.find()) {
            Matcher name = Pattern.compile("(?s)(?:package ([a-z.]+);.*?)?public final class (\\w+)")
                    .matcher(block.group(1));
            assertThat(name.find()).as(block.group(1)).isTrue();
            classes.put(
                    name.group(1) == null ? name.group(2) : "%s.%s".formatted(name.group(1), name.group(2)),
                    block.group(1));
        }
        return classes;
    }

    private static List<String> kinds(Path jar, String chart) throws Exception {
        App app = new App();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
            loader.loadClass(chart).getConstructor(App.class).newInstance(app);
        }
        WrittenDefaults.write(app);
        return ApiObjects.synth(app).stream().map(ApiObjects.Rendered::kind).collect(Collectors.toList());
    }
}
