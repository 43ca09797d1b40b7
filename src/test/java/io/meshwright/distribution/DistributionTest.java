package io.meshwright.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is packed works where nothing else of ours is, and is the same whoever packs it. */
@Tag("distribution")
class DistributionTest {
    private static final String KEEPING =
            "meshwright: keeping the classes of this release for this Java (once, some seconds)\n";
    private static final Map<String, String> NOWHERE_TO_WRITE = Map.of("HOME", "/dev/null");

    @TempDir
    private static Path temporary;

    private static Unpacked unpacked;
    private static SortedMap<String, Long> before;
    private static Unpacked.Run first;

    @BeforeAll
    static void is_unpacked_and_renders_a_repository() throws Exception {
        unpacked = Unpacked.in(temporary);
        before = files(unpacked.folder());
        first = run("synth");
    }

    @Test
    void renders_checks_traces_and_documents_a_repository_of_ones_own() throws Exception {
        assertThat(first.err()).startsWith(KEEPING).endsWith("0 errors, 2 warnings, 0 notes\n");
        assertThat(first.out()).contains("prod: ").contains(" added, 0 changed");
        assertThat(first.code()).isZero();

        Unpacked.Run check = run("check");
        assertThat(check.out()).contains("0 errors");
        assertThat(check).isEqualTo(new Unpacked.Run(0, check.out(), ""));

        Unpacked.Run trace = run("trace", "--env", "prod", "GET", "https://shop.example.org/");
        assertThat(trace.out()).contains("verdict: delivered to web.shop.svc.cluster.local:80");
        assertThat(trace).isEqualTo(new Unpacked.Run(0, trace.out(), ""));

        assertThat(run("docs"))
                .extracting(Unpacked.Run::code, Unpacked.Run::err)
                .containsExactly(0, "");
        assertThat(run("schema"))
                .extracting(Unpacked.Run::code, Unpacked.Run::err)
                .containsExactly(0, "");
        assertThat(unpacked.repository().resolve("docs").resolve("upgrade/prod.md"))
                .exists();
        assertThat(unpacked.repository().resolve("environments/schema.json")).exists();
    }

    @Test
    void says_nothing_of_where_it_lies_in_what_it_writes() throws IOException {
        try (Stream<Path> files = Files.walk(unpacked.repository())) {
            assertThat(files.filter(Files::isRegularFile))
                    .hasSizeGreaterThan(300)
                    .allSatisfy(file -> assertThat(file).content().doesNotContain(temporary.toString()));
        }
    }

    @Test
    void keeps_classes_once_in_the_users_cache_and_nothing_in_its_own_folder() throws Exception {
        Path kept = Unpacked.only(unpacked.cache().resolve("meshwright/launcher"), "classes-");
        Object made = Files.getLastModifiedTime(kept);

        assertThat(run("--version").err()).isEmpty();
        assertThat(Unpacked.only(kept.getParent(), "classes-")).isEqualTo(kept);
        assertThat(Files.getLastModifiedTime(kept)).isEqualTo(made);
        assertThat(files(unpacked.folder())).isEqualTo(before);
        assertThat(loaded(kept)).contains("source: shared objects file (top)");
    }

    /** The rights of a folder bind no root, in which many containers run; no folder can be made below /dev/null. */
    @Test
    void runs_where_the_home_is_read_only() throws Exception {
        Unpacked.Run check = unpacked.run(NOWHERE_TO_WRITE, "check");
        assertThat(check.out()).contains("0 errors");
        assertThat(check).isEqualTo(new Unpacked.Run(0, check.out(), ""));

        Unpacked.Run synth = unpacked.run(NOWHERE_TO_WRITE, "synth", "--env", "prod");
        assertThat(synth.code()).as(synth.err()).isZero();
        assertThat(synth.err()).isEmpty();
        assertThat(synth.out()).contains("prod: 0 added, 0 changed, 0 removed");
    }

    @Test
    void says_the_same_on_every_java_and_nothing_of_the_jvm() throws Exception {
        String expected = run("check").out();
        String warned = run("synth", "--fresh").err();
        SortedMap<String, Path> jvms = jvms();
        for (Path jvm : jvms.values()) {
            Map<String, String> variables = Map.of("JAVA_HOME", jvm.toString(), "HOME", "/dev/null");
            for (String command : List.of("check", "synth --fresh", "trace dist/prod GET https://shop.example.org/")) {
                Unpacked.Run run = unpacked.run(variables, command.split(" "));

                assertThat(run.err()).as("%s on %s", command, jvm).isEqualTo(command.startsWith("synth") ? warned : "");
                assertThat(run.code()).as("%s on %s", command, jvm).isZero();
                assertThat(run.out()).as("%s on %s", command, jvm).doesNotContain("WARNING");
            }
            assertThat(unpacked.run(variables, "check").out())
                    .as("check on %s", jvm)
                    .isEqualTo(expected);
        }
        assumeThat(jvms.keySet())
                .as("a Java from 24 on: none is here")
                .anyMatch(version -> version.compareTo("24") >= 0);
    }

    /** A JVM takes no class from an archive of jars in such a folder, so that none is made. */
    @Test
    void runs_in_a_folder_whose_name_has_a_space(@TempDir Path elsewhere) throws Exception {
        Unpacked spaced = Unpacked.in(elsewhere, "an empty folder");
        Map<String, String> variables = Map.of("XDG_CACHE_HOME", spaced.cache().toString());

        Unpacked.Run synth = spaced.run(variables, "synth", "--env", "prod");

        assertThat(synth.code()).as(synth.err()).isZero();
        assertThat(synth.err()).isEmpty();
        assertThat(spaced.cache().resolve("meshwright/launcher")).doesNotExist();
    }

    @Test
    void is_the_same_in_both_forms() throws IOException {
        try (ZipFile zip = new ZipFile(Unpacked.packed("zip").toFile())) {
            SortedMap<String, Long> packed = new TreeMap<>();
            zip.stream().filter(entry -> !entry.isDirectory()).forEach(entry -> {
                String name = entry.getName();
                packed.put(name.substring(name.indexOf('/') + 1), entry.getSize());
            });

            assertThat(packed).isEqualTo(before);
        }
        assertThat(unpacked.folder().resolve("bin/meshwright")).isExecutable();
        assertThat(Files.readString(unpacked.folder().resolve("bin/meshwright.cmd"))
                        .lines())
                .hasSizeGreaterThan(50);
        assertThat(Files.readString(unpacked.folder().resolve("bin/meshwright.cmd")))
                .doesNotContainPattern("[^\r]\n");
    }

    @Test
    void holds_each_library_once_and_lists_it() throws IOException {
        String listed = Files.readString(unpacked.folder().resolve("lib/classpath"));
        List<String> names = Arrays.stream(listed.split(":"))
                .map(name -> name.substring("./".length()))
                .sorted()
                .toList();

        assertThat(names).doesNotHaveDuplicates().anyMatch(name -> name.startsWith("slf4j-nop-"));
        assertThat(unpacked.folder().resolve("lib/software/amazon/jsii/lib/program.js"))
                .exists();
        assertThat(files(unpacked.folder().resolve("lib")).keySet().stream().filter(name -> name.endsWith(".jar")))
                .containsExactlyElementsOf(sorted(names, "meshwright.jar", "meshwright-imports.jar"));
    }

    /**
     * Time and owner are what differ between two builds of the same sources; CONTRIBUTING.md tells how to build twice.
     */
    @Test
    void bears_no_clock_and_no_owner() throws Exception {
        Unpacked.Run list = Unpacked.tool(
                "tar",
                "--utc",
                "--numeric-owner",
                "--full-time",
                "-tvzf",
                Unpacked.packed("tar.gz").toString());
        assertThat(list.out().lines())
                .hasSizeGreaterThan(60)
                .allMatch(line -> line.matches("[-d]rw[-x]r-[-x]r-[-x] 0/0 +\\d+ 2026-01-01 00:00:00 .*"));
        for (String ours : List.of("meshwright.jar", "meshwright-imports.jar")) {
            try (ZipFile jar =
                    new ZipFile(unpacked.folder().resolve("lib").resolve(ours).toFile())) {
                assertThat(jar.stream().map(entry -> entry.getTimeLocal().toString()))
                        .as(ours)
                        .hasSizeGreaterThan(100)
                        .containsOnly("2026-01-01T00:00");
            }
        }
    }

    private static Unpacked.Run run(String... arguments) throws Exception {
        return unpacked.run(Map.of("XDG_CACHE_HOME", unpacked.cache().toString()), arguments);
    }

    /** Where the JVM says that it found the program's first class. */
    private static String loaded(Path archive) throws Exception {
        String lib = unpacked.folder().resolve("lib").toString();
        String listed = Files.readString(Path.of(lib, "classpath"));
        String classpath = "%s/meshwright.jar:%s:%s/meshwright-imports.jar"
                .formatted(lib, listed.replace("./", lib.concat("/")), lib);
        boolean newer = Runtime.version().feature() >= 24;
        return Unpacked.tool(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseParallelGC",
                        (newer ? "-XX:AOTCache=%s" : "-XX:SharedArchiveFile=%s").formatted(archive),
                        "-Xlog:class+load",
                        "-cp",
                        classpath,
                        "io.meshwright.Main",
                        "--version")
                .out()
                .lines()
                .filter(line -> line.contains(" io.meshwright.Main "))
                .toList()
                .toString();
    }

    /**
     * The JVMs of this machine by their version: where distributions put them, and where GitHub's machines name them.
     */
    private static SortedMap<String, Path> jvms() throws IOException {
        SortedMap<String, Path> found = new TreeMap<>();
        Path usual = Path.of("/usr/lib/jvm");
        try (Stream<Path> folders = Files.isDirectory(usual) ? Files.list(usual) : Stream.empty()) {
            Stream<Path> named = System.getenv().entrySet().stream()
                    .filter(variable -> variable.getKey().matches("JAVA_HOME_\\d+_.*"))
                    .map(variable -> Path.of(variable.getValue()));
            for (Path folder : Stream.concat(folders, named).toList()) {
                Path release = folder.resolve("release");
                if (Files.exists(release) && Files.isExecutable(folder.resolve("bin/java"))) {
                    String version = Files.readString(release).replaceFirst("(?s).*JAVA_VERSION=\"([^\"]*)\".*", "$1");
                    if (version.matches("(1[7-9]|[2-9]\\d)\\..*")) {
                        found.put(version, folder);
                    }
                }
            }
        }
        return found;
    }

    private static List<String> sorted(List<String> names, String... more) {
        TreeSet<String> sorted = new TreeSet<>(names);
        sorted.addAll(List.of(more));
        return List.copyOf(sorted);
    }

    /** Sizes by path. */
    private static SortedMap<String, Long> files(Path folder) throws IOException {
        SortedMap<String, Long> sizes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sizes.put(folder.relativize(file).toString(), Files.size(file));
            }
        }
        return sizes;
    }
}
