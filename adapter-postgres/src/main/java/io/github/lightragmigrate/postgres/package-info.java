/** LightRAG's table in PostgreSQL. */
@NullMarked
package io.github.lightragmigrate.postgres;

import org.jspecify.annotations.NullMarked;
