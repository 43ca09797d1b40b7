package io.meshwright.builders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler.CompilationTask;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Sources as javac compiles them with the processor, beside what the program gives to those that it writes. */
final class Compilation {
    /** The least of {@code io.meshwright.value}, JSpecify and AutoService that sources name. */
    private static final List<String> SURROUNDINGS = List.of(
            "package io.meshwright.value; public @interface Required {}",
            "package io.meshwright.value; public @interface Defaulted {}",
            """
            package io.meshwright.value;
            public final class Require {
              public static <T> T present(String key, T value) {
                if (value == null) throw new IllegalArgumentException(key + ": is missing");
                return value;
              }
              public static <C extends java.util.Collection<?>> C notEmpty(String key, C values) {
                if (values.isEmpty()) throw new IllegalArgumentException(key + ": is empty");
                return values;
              }
              public static <K, V, M extends java.util.Map<K, V>> M notEmpty(String key, M values) {
                if (values.isEmpty()) throw new IllegalArgumentException(key + ": is empty");
                return values;
              }
            }
            """,
            """
            package org.jspecify.annotations;
            @java.lang.annotation.Target(java.lang.annotation.ElementType.TYPE_USE)
            public @interface Nullable {}
            """,
            """
            package com.google.auto.service;
            public @interface AutoService { Class<?>[] value(); }
            """);

    private final Path output;
    private final DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();

    private Compilation(Path output) {
        this.output = output;
    }

    /** Compiles the sources, each with one type, into a folder. */
    static Compilation of(Path output, String... sources) {
        Compilation compilation = new Compilation(output);
        List<JavaFileObject> files = new ArrayList<>();
        SURROUNDINGS.forEach(source -> files.add(new Source(source)));
        List.of(sources).forEach(source -> files.add(new Source(source)));
        String folder = output.toString();
        CompilationTask task = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        null,
                        null,
                        compilation.diagnostics,
                        List.of("-d", folder, "-s", folder, "-Xlint:all,-processing", "--release", "17"),
                        null,
                        files);
        task.setProcessors(List.of(new BuildableProcessor(), new GoneProviders()));
        task.call();
        return compilation;
    }

    /** The errors in the order of javac, each with its line. */
    List<String> errors() {
        return diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(error -> "%d: %s".formatted(error.getLineNumber(), error.getMessage(Locale.ROOT)))
                .toList();
    }

    /** Everything that javac says. */
    List<String> messages() {
        return diagnostics.getDiagnostics().stream()
                .map(message -> message.getMessage(Locale.ROOT))
                .toList();
    }

    /** The text of a file that the processor has written. */
    String written(String file) {
        try {
            return Files.readString(output.resolve(file));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** What the static method {@code run} of a compiled class returns. */
    Object run(String type) throws ReflectiveOperationException, IOException {
        assertThat(messages()).isEmpty();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {output.toUri().toURL()}, null)) {
            return loader.loadClass(type).getMethod("run").invoke(null);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        private Source(String text) {
            super(URI.create("memory:/".concat(name(text))), Kind.SOURCE);
            this.text = text;
        }

        private static String name(String text) {
            String place =
                    text.replaceFirst("(?s).*?package ([\\w.]+);.*", "$1").replace('.', '/');
            String type = text.replaceFirst("(?s).*?public (?:final )?(?:class|enum|record|@interface) (\\w+).*", "$1");
            return "%s/%s.java".formatted(place, type);
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
