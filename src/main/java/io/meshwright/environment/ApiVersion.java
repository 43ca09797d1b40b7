package io.meshwright.environment;

import io.meshwright.value.MeshwrightNames;
import io.meshwright.value.Word;

/** Versions of the environment file's format that this program reads. */
public enum ApiVersion {
    @Word(MeshwrightNames.API_VERSION)
    V1
}
