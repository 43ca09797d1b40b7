package io.meshwright.environment;

import io.meshwright.value.Doc;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;

/** The name of this environment, and its description. */
@Doc("Who this environment is.")
public record Metadata(
        @Required @Doc("Name of the environment, of its file and of its folder under dist/.")
        Name name,

        @Required @Doc("One sentence for people.") String description) {
    public Metadata {
        Require.present("name", name);
        Require.notBlank("description", description);
    }
}
