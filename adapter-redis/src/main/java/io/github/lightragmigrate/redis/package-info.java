/** LightRAG's keys in Redis. */
@NullMarked
package io.github.lightragmigrate.redis;

import org.jspecify.annotations.NullMarked;
