package io.meshwright.value.traffic;

import io.meshwright.value.Doc;
import io.meshwright.value.ImageReference;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import org.jspecify.annotations.Nullable;

/** One of the versions of a service that run side by side: a Deployment of its own and a subset of the service. */
@Doc("One version of the service; it gets a Deployment of its own.")
public record Variant(
        @Required @Doc("Value of the version label.") Name name,
        @Nullable @Doc("Its image; default: the service's.") ImageReference image) {
    public Variant {
        Require.present("name", name);
    }

    public static Variant named(String name) {
        return new Variant(Name.of(name), null);
    }
}
