/** LightRAG's index in OpenSearch. */
@NullMarked
package io.github.lightragmigrate.opensearch;

import org.jspecify.annotations.NullMarked;
