package io.meshwright.environment.aiops;

import io.meshwright.value.Doc;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.Url;
import io.meshwright.value.Word;
import org.jspecify.annotations.Nullable;

/** An end point of a language model, which whoever names it asks, and which only ever answers text. */
@Doc("An end point of a language model; incident --ask asks it, and what names it here.")
public sealed interface Model {
    /** Returns its address. */
    Url url();

    /** Returns the key that opens it. */
    Key key();

    /** Azure OpenAI. */
    @Word("azureOpenAi")
    @Doc("Azure OpenAI: a deployment of a resource.")
    record AzureOpenAi(
            @Required
            @Doc("Address of the resource, for example https://name.openai.azure.com.")
            @Sample("https://example.openai.azure.com")
            Url url,

            @Required @Doc("Name of the deployment.") @Sample("gpt-4o")
            String deployment,

            @Required @Doc("Release of the service's API, a day such as 2024-10-21.") @Sample("\"2024-10-21\"")
            String apiVersion,

            @Required Key key)
            implements Model {
        public AzureOpenAi {
            https(url);
            word("deployment", deployment);
            Require.that(
                    Require.present("apiVersion", apiVersion).matches("\\d{4}-\\d{2}-\\d{2}(-preview)?"),
                    "apiVersion",
                    "%s is no release of the API".formatted(Plain.quoted(apiVersion)),
                    "write a day such as 2024-10-21");
            Require.present("key", key);
        }
    }

    /** Any server with the chat completions of OpenAI. */
    @Word("openAi")
    @Doc("A server with the chat completions of OpenAI, which several have.")
    record OpenAi(
            @Required
            @Doc("Address before /chat/completions, for example https://models.example.org/v1.")
            @Sample("https://models.example.org/v1")
            Url url,

            @Required @Doc("Name of the model.") @Sample("llama-3.3-70b")
            String model,

            @Required Key key)
            implements Model {
        public OpenAi {
            https(url);
            word("model", model);
            Require.present("key", key);
        }
    }

    /** The place of an end point's key; the file never holds it. */
    @Doc("Where the key is, on the machine of who asks: in a variable or in a file, one of both.")
    @Sample("{variable: AZURE_OPENAI_API_KEY}")
    record Key(
            @Nullable @Doc("Name of the variable that holds it.") @Sample("AZURE_OPENAI_API_KEY")
            String variable,

            @Nullable @Doc("Path of the file that holds it alone.")
            String file) {
        public Key {
            Require.that(
                    (variable == null) != (file == null),
                    "",
                    variable == null ? "neither variable nor file is given" : "both variable and file are given",
                    "give one of both");
            Require.that(
                    variable == null || variable.matches("[A-Za-z_][A-Za-z0-9_]{0,127}"),
                    "variable",
                    "%s is no name of a variable".formatted(Plain.quoted(String.valueOf(variable))),
                    "write one such as AZURE_OPENAI_API_KEY, and not the key itself");
            if (file != null) {
                Require.notBlank("file", file);
            }
        }
    }

    private static void https(Url url) {
        Require.that(
                Require.present("url", url).isHttps()
                        && !url.value().contains("?")
                        && !url.value().contains("#"),
                "url",
                "%s is no https address, or has a query".formatted(url),
                "give the address as https://host/path");
    }

    private static void word(String key, String value) {
        Require.that(
                Require.present(key, value).matches("[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}"),
                key,
                "%s is none".formatted(Plain.quoted(value)),
                "write the name as the service lists it");
    }
}
