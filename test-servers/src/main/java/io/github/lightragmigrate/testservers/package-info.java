/**
 * Servers for tests, on 127.0.0.1 and free ports, without a Docker engine or root rights being
 * needed. Each is, in this order: one that an environment variable names; the official image where
 * a Docker engine answers (unless {@code MIGRATE_TEST_DOCKER=false}); one started from a Maven
 * package. Servers with special options (TLS, ACL users, restarts) always come from packages.
 */
@NullMarked
package io.github.lightragmigrate.testservers;

import org.jspecify.annotations.NullMarked;
