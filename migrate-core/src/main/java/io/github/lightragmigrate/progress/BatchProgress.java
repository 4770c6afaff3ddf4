package io.github.lightragmigrate.progress;

import io.github.lightragmigrate.report.Accounts;
import java.util.Optional;

/**
 * A batch that is done, in the order in which batches were read.
 *
 * @param number of this batch, from 1
 * @param total batches expected; never less than {@code number}
 * @param done records dealt with so far, this batch included
 * @param expected records in all; never less than {@code done}
 * @param group {@code default:extract}: mode and cache type of the batch's first record
 * @param records in this batch
 * @param failed records of this batch that are not in the target
 * @param reason of the first failure, without secrets
 * @param accounts what became of its records, by cache type
 */
public record BatchProgress(
    long number,
    long total,
    long done,
    long expected,
    String group,
    int records,
    int failed,
    Optional<String> reason,
    Accounts accounts) {}
