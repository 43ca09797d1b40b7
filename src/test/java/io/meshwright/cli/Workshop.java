package io.meshwright.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A project folder with a space in its name and a path that holds nothing but imitated tools and the shell's own. */
final class Workshop {
    private static final List<String> SHELL_TOOLS = List.of(
            "cat", "cksum", "dirname", "find", "head", "mkdir", "mv", "readlink", "rm", "sed", "tail", "tee", "touch");
    private static final String MAVEN = """
        [ "$2" = -version ] && echo 'Apache Maven 3.8.7 (x)' && exit
        cd "$(dirname "$3")"
        echo built >> builds
        echo '[INFO] --- maven-compiler-plugin:3.16.0:compile (default-compile) @ meshwright ---'
        mkdir -p src/target imports/target
        touch src/target/meshwright.jar imports/target/meshwright-imports.jar library.jar jsii-runtime-1.jar
        printf '%s/library.jar:%s/jsii-runtime-1.jar' "$(pwd -P)" "$(pwd -P)" > src/target/classpath
        """;
    private static final String JAVA = """
        [ "$1" = -version ] && echo 'openjdk version "21" 2023-09-19' >&2 && exit
        case $* in *io.meshwright.Training*)
          for option in "$@"; do
            case $option in
              -XX:ArchiveClassesAtExit=* | -XX:AOTConfiguration=* | -XX:AOTCache=* | -XX:ErrorFile=*) touch "${option#*=}" ;;
            esac
          done
          case $* in *AOTMode=record*) exit ;; esac
          exit "${ARCHIVING-0}" ;;
        esac
        while [ "$1" != io.meshwright.Main ]; do
          case $1 in -XX:SharedArchiveFile=* | -XX:AOTCache=* | --sun-misc-*) printf '%s\\n' "$1" ;; esac
          shift
        done
        shift
        printf 'CLASSPATH=%s\\nMESHWRIGHT_HOME=%s\\nJSII_RUNTIME=%s\\n' "$CLASSPATH" "$MESHWRIGHT_HOME" "$JSII_RUNTIME"
        printf 'JSII_RUNTIME_PACKAGE_CACHE=%s\\n' "$JSII_RUNTIME_PACKAGE_CACHE"
        printf 'MESHWRIGHT_PROGRAM=%s\\n' "$MESHWRIGHT_PROGRAM"
        for argument in "$@"; do printf '[%s]' "$argument"; done
        exit 4
        """;

    private final Path root;
    private final Map<String, String> variables = new TreeMap<>();
    private final Map<String, String> tools = new TreeMap<>();

    /** What a run printed and how it ended. */
    record Run(int code, String out, String err) {}

    private Workshop(Path root) {
        this.root = root;
    }

    static Workshop in(Path temporary) throws IOException {
        Workshop workshop = new Workshop(temporary.toRealPath());
        for (String file : List.of(
                "pom.xml",
                "src/pom.xml",
                "src/main/java/A.java",
                "builders/pom.xml",
                "builders/src/main/java/B.java",
                "imports/pom.xml",
                "imports/a.mjs",
                "imports/package.json",
                "imports/cdk8s.yaml",
                "imports/crds/a.yaml")) {
            Path path = workshop.project().resolve(file);
            Files.createDirectories(path.getParent());
            Files.createFile(path);
        }
        Files.copy(Path.of("..", "meshwright"), workshop.project().resolve("meshwright"));
        Files.createDirectories(workshop.bin());
        Files.createDirectories(workshop.jdk().resolve("bin"));
        for (String tool : SHELL_TOOLS) {
            script(workshop.bin().resolve(tool), "exec %s \"$@\"".formatted(located(tool)));
        }
        workshop.variable(
                "PATH", "%s:%s".formatted(workshop.bin(), workshop.jdk().resolve("bin")));
        workshop.java("17.0.15");
        script(workshop.jdk().resolve("bin/javac"), "");
        script(workshop.jdk().resolve("bin/jar"), "mkdir -p \"$(dirname \"$3\")\" && touch \"$3\"");
        workshop.tool("mvn", MAVEN);
        workshop.tool("node", "echo v20.20.2");
        workshop.age();
        return workshop;
    }

    Path project() {
        return root.resolve("a project");
    }

    Path bin() {
        return root.resolve("bin");
    }

    Path jdk() {
        return root.resolve("jdk");
    }

    /**
     * A distribution of the given build in a folder of the given name, without its jars' content; gives its launcher.
     */
    Path unpack(String name, String build) throws IOException {
        Path folder = root.resolve(name);
        Files.createDirectories(folder.resolve("bin"));
        Path kernel = Files.createDirectories(folder.resolve("lib/software/amazon/jsii/lib"));
        Files.createFile(kernel.resolve("program.js"));
        for (String file : List.of("meshwright.jar", "meshwright-imports.jar", "library.jar", "kernel.cjs")) {
            Files.createFile(folder.resolve("lib").resolve(file));
        }
        Files.writeString(folder.resolve("lib/classpath"), "./library.jar");
        Files.writeString(folder.resolve("lib/digest"), build);
        return Files.copy(Path.of("..", "meshwright"), folder.resolve("bin/meshwright"));
    }

    /** The archives of classes that were made for a clone. */
    List<Path> archives() throws IOException {
        return archives(project().resolve("src/target/launcher"));
    }

    /** The archives of classes in a folder. */
    static List<Path> archives(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("classes-"))
                    .toList();
        }
    }

    Path library() {
        return project().resolve("library.jar");
    }

    int builds() throws IOException {
        return Files.readAllLines(project().resolve("builds")).size();
    }

    void variable(String name, String value) {
        variables.put(name, value);
    }

    /** Puts a tool on the path and tells what stood there before. */
    String tool(String name, String text) throws IOException {
        script(bin().resolve(name), text);
        String before = tools.put(name, text);
        return before == null ? "" : before;
    }

    void java(String version) throws IOException {
        Files.writeString(
                jdk().resolve("release"),
                "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"%s\"\nOS_NAME=\"Linux\"\n".formatted(version));
        script(jdk().resolve("bin/java"), JAVA);
    }

    void touch(String file) throws IOException {
        age();
        Files.setLastModifiedTime(project().resolve(file), FileTime.fromMillis(System.currentTimeMillis() + 1000));
    }

    /** Makes everything in the project look long finished. */
    void age() throws IOException {
        try (Stream<Path> paths = Files.walk(project())) {
            for (Path path : paths.toList()) {
                Files.setLastModifiedTime(path, FileTime.fromMillis(1_000_000_000_000L));
            }
        }
    }

    Run run(String... arguments) throws Exception {
        return runIn(project(), arguments);
    }

    Run runIn(Path directory, String... arguments) throws Exception {
        return start(directory, project().resolve("meshwright"), arguments);
    }

    Run start(Path directory, Path launcher, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(root.resolve("out").toFile())
                .redirectError(root.resolve("err").toFile());
        builder.environment().clear();
        builder.environment().putAll(variables);
        int code = builder.start().waitFor();
        return new Run(code, Files.readString(root.resolve("out")), Files.readString(root.resolve("err")));
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path located(String tool) {
        return Stream.of("/bin", "/usr/bin")
                .map(folder -> Path.of(folder, tool))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }
}
