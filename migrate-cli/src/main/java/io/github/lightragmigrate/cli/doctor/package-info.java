/** {@code migrate doctor}: what is configured, reachable and held, and what looks wrong. */
@NullMarked
package io.github.lightragmigrate.cli.doctor;

import org.jspecify.annotations.NullMarked;
