package io.meshwright.extension.loading;

import io.meshwright.extension.EnvironmentExtension;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;

/**
 * The extensions that jars declare. Nothing of a jar is looked at before an environment names a class, and nothing is
 * run but the class that it names.
 */
public final class Extensions implements AutoCloseable {
    private static final String DECLARATION = "META-INF/services/%s".formatted(EnvironmentExtension.class.getName());

    private final ExtensionPath path;
    private Optional<URLClassLoader> loader = Optional.empty();

    private Extensions(ExtensionPath path) {
        this.path = path;
    }

    /** Those of some places. */
    public static Extensions of(ExtensionPath path) {
        return new Extensions(path);
    }

    /** Those of the program's own class path. */
    public static Extensions ofProgram() {
        return new Extensions(ExtensionPath.ofProgram());
    }

    /**
     * A new extension of the class that an environment names.
     *
     * @param key where it is named
     * @throws InvalidValue where there is none, or it cannot be made
     */
    public EnvironmentExtension named(String name, KeyPath key) {
        if (!path.runs()) {
            throw new InvalidValue(
                    key,
                    "\"%s\" makes a part of this environment, and no Java class of an environment is run here"
                            .formatted(name),
                    "give --run-extensions where you trust it, or compare folders and revisions of dist");
        }
        try {
            return declared(name).map(Provider::get).orElseThrow(() -> missing(name, key));
        } catch (ServiceConfigurationError | LinkageError e) {
            throw ExtensionFailure.ofLoading(name, key, e);
        }
    }

    /** Passes over an extension that is wrong and was not asked for. */
    private Optional<Provider<EnvironmentExtension>> declared(String name) {
        Iterator<Provider<EnvironmentExtension>> all = ServiceLoader.load(EnvironmentExtension.class, loader()).stream()
                .iterator();
        while (true) {
            try {
                if (!all.hasNext()) {
                    return Optional.empty();
                }
                Provider<EnvironmentExtension> provider = all.next();
                if (provider.type().getName().equals(name)) {
                    return Optional.of(provider);
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                String message = String.valueOf(e.getMessage());
                if (message.contains(name) || message.contains(name.replace('.', '/'))) {
                    throw e;
                }
            }
        }
    }

    private InvalidValue missing(String name, KeyPath key) {
        boolean exists = loader().getResource(name.replace('.', '/').concat(".class")) != null;
        return exists
                ? new InvalidValue(
                        key,
                        "\"%s\" is not declared as an extension".formatted(name),
                        "let %s name it, in its own jar".formatted(DECLARATION))
                : new InvalidValue(
                        key,
                        "\"%s\" is on no class path".formatted(name),
                        "give its jar by %s or %s, or remove it"
                                .formatted(ExtensionPath.OPTION, ExtensionPath.VARIABLE));
    }

    private ClassLoader loader() {
        ClassLoader program = Extensions.class.getClassLoader();
        if (path.places().isEmpty()) {
            return program;
        }
        if (loader.isEmpty()) {
            loader = Optional.of(new URLClassLoader(
                    path.entries().stream().map(Extensions::url).toArray(URL[]::new), program));
        }
        return loader.get();
    }

    private static URL url(Path place) {
        try {
            return place.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("files have addresses", e);
        }
    }

    /** Lets go of the jars, so that they can be built again. */
    @Override
    public void close() {
        try {
            if (loader.isPresent()) {
                loader.get().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
