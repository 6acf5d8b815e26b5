#include <fmt/format.h>
#include <fmt/ranges.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <iterator>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include "checks.hpp"
#include "commands.hpp"
#include "ensemble_options.hpp"
#include "entente/core/error.hpp"
#include "entente/ensemble/ranks.hpp"
#include "entente/io/study_file.hpp"
#include "entente/io/study_run.hpp"
#include "interrupt.hpp"
#include "progress.hpp"
#include "scenarios.hpp"
#include "studies.hpp"
#include "study_findings.hpp"
#include "sweep_place.hpp"
#include "table.hpp"
#include "usage_error.hpp"

namespace entente::cli {
namespace {

constexpr const char* footer =
    R"(Computes all points of a study's design, each with the same replicates, and says what the design
allows: shares of variance, elementary effects, correlations, boxes. Finished chunks lie in
FILE.parts until the table is whole, so nothing is lost when the program stops (docs/sweeps.md).

Examples:
  entente sweep afghanistan-2026/1-first-study
      a small study that comes with the scenario and teaches the form
  entente sweep mine/study.yaml -o sweep.h5 --resume
      a study of one's own: begin, or go on where it stopped, and keep the table
)";

constexpr std::size_t most_replicates = 1'000'000;

struct SweepArguments {
  std::string study;
  StudyChanges changes;
  std::size_t threads = 0;
  std::string output;
  std::string shard;
  bool resume = false, force = false, plan = false, json = false, quiet = false;
};

/// One of several processes, each of which does every `of`-th chunk.
struct Shard {
  std::uint64_t number = 0;  ///< from 0
  std::uint64_t of = 1;
};

Shard read_shard(const std::string& text) {
  const auto fail = [&] {
    throw UsageError(fmt::format(
        "--shard: found '{}'; allowed: I/N, with whole numbers 1 <= I <= N <= 100000", text));
  };
  const auto slash = text.find('/');
  const auto number = [&](const std::string& digits) -> std::uint64_t {
    if (!whole_number(1, 100'000)(digits).empty()) fail();
    return std::stoull(digits);
  };
  if (slash == std::string::npos) fail();
  const Shard shard{number(text.substr(0, slash)) - 1, number(text.substr(slash + 1))};
  if (shard.number >= shard.of) fail();
  return shard;
}

std::vector<std::uint64_t> chunks_of(const ChunkPlan& plan, const Shard& shard) {
  std::vector<std::uint64_t> chunks;
  for (std::uint64_t c = shard.number; c < plan.chunks(); c += shard.of) chunks.push_back(c);
  return chunks;
}

/// What a study asks for, before it is carried out.
std::string plan_text(const Study& study, const StudyModels& models) {
  const ChunkPlan plan = chunk_plan(study);
  std::string text = fmt::format(
      "{}\n{} points ({}), {} replicates each, the same luck for all: {} histories in {} "
      "chunks\n\n",
      study.title, plan.rows, text_of(study.design.kind()), study.replicates,
      plan.rows * study.replicates, plan.chunks());
  const auto idle = models.without_effect();
  Table table({{"parameter"}, {"values"}, {"each point"}});
  for (std::size_t p = 0; p < study.parameters.size(); ++p) {
    const auto& source = study.space.factors()[p].source;
    const auto* own = std::get_if<Distribution>(&source);
    const bool without = std::find(idle.begin(), idle.end(), p) != idle.end();
    table.add({study.parameters[p].name, own == nullptr ? "jointly normal" : text_of(*own),
               without                                ? "has no effect"
               : models.is_direct(p)                  ? "is set directly"
               : !study.parameters[p].choices.empty() ? "is read once per value"
                                                      : "reads the scenario anew"});
  }
  return text + table.text();
}

// What the first process gives the others: its shard and the chunks to be done.
std::string list_of(const SweepArguments& arguments, const std::vector<std::uint64_t>& chunks) {
  return fmt::format("{}:{}", arguments.shard, fmt::join(chunks, " "));
}

std::vector<std::uint64_t> read_list(const SweepArguments& arguments, const std::string& list) {
  const auto end = list.find(':');
  if (const auto shard = list.substr(0, end); shard != arguments.shard) {
    throw UsageError(fmt::format(
        "--shard: found '{}', and '{}' in the first of the processes that were started together; "
        "allowed: the same in all (docs/sweeps.md says how to start several shards)",
        arguments.shard, shard));
  }
  std::istringstream chunks(list.substr(end + 1));
  return {std::istream_iterator<std::uint64_t>(chunks), {}};
}

/// A sweep, as one of the processes that carry it out together sees it. The first of them looks
/// after the table, the others compute.
class Sweep {
 public:
  explicit Sweep(const SweepArguments& arguments)
      : arguments_(arguments),
        study_(load_study(find_study(arguments.study), arguments.changes)),
        plan_(chunk_plan(study_)) {}

  int show_plan() const {
    fmt::print("{}", plan_text(study_, StudyModels(study_, arguments_.threads)));
    return static_cast<int>(ExitCode::ok);
  }

  int lead(Ranks& ranks, const std::optional<Shard>& shard) {
    if (ranks.size() > 1 && arguments_.output.empty()) {
      throw UsageError("under several processes: allowed: -o FILE, whose chunks they share");
    }
    if (!arguments_.quiet) {
      for (const auto& warning : study_.warnings) spdlog::warn("{}", warning);
    }
    place_.emplace(arguments_.output);
    place_->require_free(arguments_.resume || shard, arguments_.force);
    // Holds the name of the table from the start, so that no second sweep works for it.
    std::optional<StudyWriter> writer;
    if (!shard) {
      writer.emplace(place_->table(), study_, plan_.columns, arguments_.force);
      interrupt_.remove_at_once(place_->table().string() + ".part");
      // Only now, when no other sweep is at work on the table.
      if (arguments_.force && !arguments_.resume) place_->begin_anew();
    }
    const ChunkStore store = open_store();
    const auto own = chunks_of(plan_, shard.value_or(Shard{}));
    const auto missing = store.missing(own);
    for (const auto& damaged : missing.damaged) {
      spdlog::warn("{}: {}; it is computed again", damaged.file.string(), damaged.reason);
    }
    static_cast<void>(ranks.broadcast(list_of(arguments_, missing.chunks)));
    if (!compute(ranks, store, missing.chunks)) return stopped(store);
    if (shard) {
      if (!arguments_.quiet) {
        fmt::print("Shard {} of {}: its {} of {} chunks are in {}\n", shard->number + 1, shard->of,
                   own.size(), plan_.chunks(), place_->chunks().string());
      }
      return static_cast<int>(ExitCode::ok);
    }
    store.merged(MergeScope::all, [&](const ChunkRow& row) { writer->add(row); });
    writer->finish();
    place_->tidy_up();
    return tell();
  }

  /// @param list  that the first process gave
  int follow(Ranks& ranks, const std::string& list) {
    const auto chunks = read_list(arguments_, list);
    place_.emplace(arguments_.output);
    // That another gave up is for that one to say.
    static_cast<void>(compute(ranks, open_store(), chunks));
    return static_cast<int>(interrupt_.requested() ? ExitCode::interrupted : ExitCode::ok);
  }

 private:
  [[nodiscard]] ChunkStore open_store() const {
    return {place_->chunks(), study_identity(study_), plan_};
  }

  /// Computes some of the chunks, and waits until the others have computed theirs.
  ///
  /// @return  whether none of them is missing any more
  bool compute(Ranks& ranks, const ChunkStore& store, const std::vector<std::uint64_t>& chunks) {
    ranks.begin(chunks.size());
    if (!chunks.empty()) {
      const StudyModels models(study_, arguments_.threads);
      const bool first = ranks.rank() == 0;
      std::size_t rows = 0;
      for (const auto chunk : chunks) rows += plan_.rows_in(chunk);
      Progress progress("points", rows, first && !arguments_.quiet);
      if (first) warn_of_idle(models);
      StudyRunOptions options;
      options.threads = arguments_.threads;
      options.stop = interrupt_.flag();
      std::atomic<std::uint64_t> handed_out{0};  // to all processes, as far as is seen here
      options.progress = [&](std::size_t done, std::size_t failed) {
        const std::size_t by_all = ranks.size() == 1 ? 0 : handed_out * plan_.rows_per_chunk;
        progress.update(std::min(rows, std::max(done, by_all)), failed);
      };
      const auto source = [&]() -> std::optional<std::uint64_t> {
        const auto place = ranks.next();
        if (!place) return std::nullopt;
        handed_out = *place;
        return chunks[*place];
      };
      run_chunks(study_, models, store, source, options);
    }
    return ranks.finish(!interrupt_.requested());
  }

  void warn_of_idle(const StudyModels& models) const {
    for (const auto p : models.without_effect()) {
      spdlog::warn("{}: has no effect on the model", study_.parameters[p].name);
    }
  }

  [[nodiscard]] int stopped(const ChunkStore& store) const {
    const auto* why = interrupt_.requested() ? "interrupted" : "another process gave up";
    if (place_->is_temporary()) {
      spdlog::warn("{}; nothing was kept, with -o FILE finished points are", why);
    } else {
      std::size_t left = 0;
      for (const auto chunk : store.missing().chunks) left += plan_.rows_in(chunk);
      spdlog::warn("{}: {} of {} points are kept in {}; with --resume the sweep goes on", why,
                   plan_.rows - left, plan_.rows, place_->chunks().string());
    }
    // mpirun ends a job with the first status that is not 0: it is for the one that gave up, which
    // may have yet to say why.
    return static_cast<int>(interrupt_.requested() ? ExitCode::interrupted : ExitCode::ok);
  }

  [[nodiscard]] int tell() const {
    if (arguments_.quiet) return static_cast<int>(ExitCode::ok);
    const StudyFile file(place_->table());
    const std::string kept = place_->is_temporary() ? "" : place_->table().string();
    const Findings findings = findings_of(file, {});
    if (arguments_.json) {
      fmt::print("{}", findings_json(findings, kept, {}));
    } else {
      fmt::print("{}", findings_text(findings, usual_rows));
      if (!kept.empty()) fmt::print("\nTable: {}\n", kept);
    }
    return static_cast<int>(ExitCode::ok);
  }

  const SweepArguments& arguments_;
  Study study_;
  ChunkPlan plan_;
  Interrupt interrupt_;  // outlives the writer: no signal finds a part file unguarded
  std::optional<SweepPlace> place_;
};

int sweep(const SweepArguments& arguments) {
  std::optional<Shard> shard;
  if (!arguments.shard.empty()) shard = read_shard(arguments.shard);
  if (arguments.plan) return Sweep(arguments).show_plan();
  const auto ranks = open_ranks();
  if (ranks->rank() == 0) return Sweep(arguments).lead(*ranks, shard);
  std::string list;
  try {
    list = ranks->broadcast("");
  } catch (const Error&) {
    return static_cast<int>(ExitCode::ok);  // the first process has said why it gave up
  }
  return Sweep(arguments).follow(*ranks, list);
}

}  // namespace

void add_sweep(CLI::App& program, Action& action) {
  auto arguments = std::make_shared<SweepArguments>();
  SweepArguments& a = *arguments;
  auto* sub = program.add_subcommand("sweep", "Carry out a study: vary parameters by a design");
  sub->add_option("STUDY", a.study, "YAML file, or SCENARIO/NAME of a study it comes with")
      ->required()
      ->type_name("");
  add_set_option(*sub, a.changes.overrides, "Change a number of the scenario");
  sub->add_option("--replicates", a.changes.replicates, "Per point, instead of the study's number")
      ->check(whole_number(1, most_replicates))
      ->type_name("N");
  add_threads_option(*sub, a.threads);
  auto* output = sub->add_option("-o,--output", a.output, "Write the table to this HDF5 file")
                     ->type_name("FILE");
  sub->add_flag("--resume", a.resume, "Go on with what FILE.parts holds")->needs(output);
  auto* shard =
      sub->add_option("--shard", a.shard, "Do only the I-th of N parts, and write no table")
          ->type_name("I/N")
          ->needs(output);
  sub->add_flag("--force", a.force,
                "Replace the file if it exists; without --resume, begin the sweep anew")
      ->needs(output)
      ->excludes(shard);
  sub->add_flag("--plan", a.plan, "Say what would be done, and do no more");
  sub->add_flag("--json", a.json, "Print one JSON object instead (docs/json.md)");
  sub->add_flag("-q,--quiet", a.quiet, "Print nothing but errors");
  sub->footer(footer);
  sub->callback([arguments, &action] { action = [arguments] { return sweep(*arguments); }; });
}

}  // namespace entente::cli
