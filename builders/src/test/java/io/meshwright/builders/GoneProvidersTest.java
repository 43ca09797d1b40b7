package io.meshwright.builders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of classes has the list of an earlier compilation, as a clone has that was built before. */
class GoneProvidersTest {
    private static final String SERVICE = "package shop; public class Till { public interface Key {} }";
    private static final String PROVIDER = """
        package shop;
        @com.google.auto.service.AutoService({Till.class, Till.Key.class})
        public class Drawer extends Till implements Till.Key { public static class Inner extends Till {} }
        """;

    @TempDir
    Path output;

    private Path list;
    private Path listOfKeys;

    @BeforeEach
    void anEarlierCompilation() throws IOException {
        Path services = Files.createDirectories(output.resolve("META-INF/services"));
        list = services.resolve("shop.Till");
        listOfKeys = services.resolve("shop.Till$Key");
        Files.write(list, List.of("shop.Drawer", "shop.Drawer$Inner", "shop.Moved"));
        Files.write(listOfKeys, List.of("shop.Moved"));
    }

    @Test
    void takesOutOfEachListWhatIsGone() throws IOException {
        Compilation compilation = Compilation.of(output, SERVICE, PROVIDER);

        assertThat(compilation.messages()).isEmpty();
        assertThat(list).hasContent("shop.Drawer\nshop.Drawer$Inner");
        assertThat(listOfKeys).isEmptyFile();
    }

    @Test
    void leavesAListAloneOfWhichNothingIsGone() throws IOException {
        Files.write(list, List.of("shop.Drawer"));
        Files.delete(listOfKeys);

        Compilation compilation = Compilation.of(output, SERVICE, PROVIDER);

        assertThat(compilation.messages()).isEmpty();
        assertThat(list).hasContent("shop.Drawer");
        assertThat(listOfKeys).doesNotExist();
    }

    @Test
    void saysThatAListCannotBeRead() throws IOException {
        Files.write(list, new byte[] {(byte) 0xff}); // no UTF-8

        assertThat(Compilation.of(output, SERVICE, PROVIDER).errors())
                .singleElement()
                .asString()
                .contains("shop.Till: its list of classes cannot be written");
    }
}
