/** LightRAG's JSON file. */
@NullMarked
package io.github.lightragmigrate.json;

import org.jspecify.annotations.NullMarked;
