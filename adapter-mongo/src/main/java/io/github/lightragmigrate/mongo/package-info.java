/** LightRAG's collection in MongoDB. */
@NullMarked
package io.github.lightragmigrate.mongo;

import org.jspecify.annotations.NullMarked;
