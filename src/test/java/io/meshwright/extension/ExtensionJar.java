package io.meshwright.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A jar of classes that are compiled while a test runs. */
public final class ExtensionJar {
    private static final String DECLARATION = "META-INF/services/io.meshwright.extension.EnvironmentExtension";

    private final Map<String, byte[]> entries = new TreeMap<>();

    private ExtensionJar() {}

    /** Of sources by the names of their classes. */
    public static ExtensionJar of(Map<String, String> sources) throws IOException {
        Path classes = Files.createTempDirectory("extension");
        List<SimpleJavaFileObject> files = new ArrayList<>();
        sources.forEach((name, text) -> files.add(source(name, text)));
        StringWriter messages = new StringWriter();
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        messages,
                        null,
                        null,
                        List.of(
                                "-g",
                                "-proc:none",
                                "-d",
                                classes.toString(),
                                "-cp",
                                System.getProperty("java.class.path")),
                        null,
                        files)
                .call();
        assertThat(compiled).as(messages.toString()).isTrue();
        ExtensionJar jar = new ExtensionJar();
        try (Stream<Path> below = Files.walk(classes)) {
            for (Path file : below.filter(Files::isRegularFile).toList()) {
                jar.entries.put(classes.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return jar;
    }

    /** The same without a class. */
    ExtensionJar without(String name) {
        entries.remove(name.replace('.', '/').concat(".class"));
        return this;
    }

    /** The same with a class that a compiler of another Java wrote. */
    ExtensionJar compiledFor(String name, int java) {
        entries.get(name.replace('.', '/').concat(".class"))[7] = (byte) (java + 44);
        return this;
    }

    /** Writes it, with a declaration of extensions; none: it declares nothing. */
    public Path write(Path file, String... declared) throws IOException {
        Files.createDirectories(file.getParent());
        if (declared.length > 0) {
            entries.put(DECLARATION, String.join("\n", declared).getBytes(StandardCharsets.UTF_8));
        }
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
                jar.closeEntry();
            }
        }
        return file;
    }

    private static SimpleJavaFileObject source(String name, String text) {
        return new SimpleJavaFileObject(
                URI.create("string:///%s.java".formatted(name.replace('.', '/'))), SimpleJavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }
}
