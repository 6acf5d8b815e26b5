#include "engine/peers.hpp"

#include <algorithm>
#include <cstring>
#include <span>

#include "core/kernels.hpp"
#include "core/lanes.hpp"
#include "engine/look_up.hpp"
#include "engine/parallel.hpp"

namespace entente::detail {
namespace {

/// Rows per task, at least, when the sums of one large world are brought up to date.
constexpr std::size_t rows_per_task = 8192;

const Relation& relation_of(const CompiledModel& m, PeerField field) {
  return looks_by_alignment(field) ? m.model.alignment : m.model.rivalry;
}

const RelationRows& rows_of(const CompiledModel& m, PeerField field) {
  return looks_by_alignment(field) ? m.alignment_rows : m.rivalry_rows;
}

/// Calls body(first, last) for ranges of rows, in parallel where there are many.
template <class Body>
void for_rows(std::size_t rows, const Body& body) {
  const std::size_t threads = thread_count();
  const std::size_t grain = threads == 1 ? rows : std::max(rows_per_task, rows / (2 * threads) + 1);
  for_chunks(rows, grain,
             [&](std::size_t, std::size_t first, std::size_t last) { body(first, last); });
}

/// Notes the actors who move, and in how many lanes.
///
/// @param before, after  rungs of `actors` actors from `first` on (actors, lanes)
void find_movers(const Rung* before, const Rung* after, std::size_t first, std::size_t actors,
                 Tile& tile) {
  const std::size_t lanes = tile.lanes;
  std::uint32_t* moved = tile.moved.data();
  lanes::each(actors, [=](std::size_t i) {
    std::uint32_t count = 0;
    for (std::size_t x = i * lanes; x < (i + 1) * lanes; ++x) count += before[x] != after[x];
    moved[i] = count;
  });
  Moves& moves = tile.moves;
  moves.actors.clear();
  moves.steps.clear();
  moves.start.assign(1, 0);
  for (std::size_t i = 0; i < actors; ++i) {
    if (moved[i] == 0) continue;
    moves.actors.push_back(static_cast<std::uint32_t>(first + i));
    moves.start.push_back(moves.start.back() + moved[i]);
  }
}

/// Lists the steps of the movers that were found. Arguments as above.
void list_steps(const Rung* before, const Rung* after, std::size_t first, Tile& tile) {
  Moves& moves = tile.moves;
  if (!moves.steps.empty()) return;
  moves.steps.resize(moves.start.back() + 1);  // one more to write to in vain
  std::size_t next = 0;
  for (const auto actor : moves.actors) {
    const std::size_t row = (actor - first) * tile.lanes;
    for (std::size_t l = 0; l < tile.lanes; ++l) {
      moves.steps[next] = {static_cast<std::uint32_t>(l), before[row + l], after[row + l]};
      next += before[row + l] != after[row + l] ? 1 : 0;
    }
  }
}

/// Cycles per entry and lane of a dense product, roughly.
double product_cost() {
  switch (lanes::level()) {
    case lanes::Level::v4:
      return 0.02;
    case lanes::Level::v3:
      return 0.04;
    case lanes::Level::v2:
      return 0.08;
    case lanes::Level::plain:
      break;
  }
  return 1.0;
}

/// Brings one field, the sums of all actors towards one authority, up to date.
class FieldUpdate {
 public:
  /// @param after  rungs of all actors (N, lanes); not looked at if by increments
  FieldUpdate(const CompiledModel& m, Tile& tile, PeerField field, const Rung* after)
      : m_(m),
        tile_(tile),
        moves_(tile.moves),
        field_(field),
        lanes_(tile.lanes),
        value_(m.peer_values[static_cast<std::size_t>(field)]),
        after_(after),
        out_(&tile.peers[m.peer_row(moves_.authority, field, 0) * lanes_]) {}

  [[nodiscard]] PeerWay choose() const {
    const auto& rows = rows_of(m_, field_);
    // Cycles, roughly, as measured; only speed hangs on them.
    constexpr double scatter = 2.5, add_row = 5.0, add_lane = 0.2;
    const double product = product_cost();
    const auto lane_count = static_cast<double>(lanes_);
    const double by_row = add_row + add_lane * lane_count;
    double incremental = 0.0;
    for (std::size_t x = 0; x < moves_.actors.size(); ++x) {
      const auto column = relation_of(m_, field_).column(moves_.actors[x]);
      const auto moved = static_cast<double>(moves_.start[x + 1] - moves_.start[x]);
      incremental += static_cast<double>(column.size()) * std::min(scatter * moved, by_row);
    }
    const auto n = static_cast<double>(tile_.actors);
    const double sparse = static_cast<double>(rows.entries.size()) * (2.0 + 0.12 * lane_count);
    const double dense = n * n * lane_count * product;
    if (can_multiply() && dense < std::min(sparse, incremental)) return PeerWay::dense;
    return sparse < incremental ? PeerWay::sparse : PeerWay::incremental;
  }

  void apply(PeerWay way) {
    switch (way) {
      case PeerWay::dense:
        if (can_multiply()) {
          multiply();
          break;
        }
        [[fallthrough]];
      case PeerWay::sparse:
        add_up();
        break;
      case PeerWay::incremental:
        spread();
        break;
    }
  }

 private:
  [[nodiscard]] bool can_multiply() const { return !rows_of(m_, field_).pairs.empty(); }

  [[nodiscard]] std::span<const Step> steps(std::size_t x) const {
    return {moves_.steps.data() + moves_.start[x], moves_.start[x + 1] - moves_.start[x]};
  }

  void spread() {
    auto& deltas = tile_.peer_deltas;
    deltas.assign(moves_.actors.size() * lanes_, 0);
    for (std::size_t x = 0; x < moves_.actors.size(); ++x) {
      for (const auto& step : steps(x)) {
        deltas[x * lanes_ + step.lane] = value_[step.to] - value_[step.from];
      }
    }
    for_rows(tile_.actors, [&](std::size_t first, std::size_t last) {
      for (std::size_t x = 0; x < moves_.actors.size(); ++x) spread(x, first, last);
    });
    correct_edges(moves_.actors,
                  [&](std::size_t x, std::size_t l) { return deltas[x * lanes_ + l]; });
  }

  /// Adds a mover to the sums of the actors in [first, last) who look at it.
  void spread(std::size_t x, std::size_t first, std::size_t last) {
    auto column = relation_of(m_, field_).column(moves_.actors[x]);
    if (first > 0 || last < tile_.actors) {
      const auto below = [](const Relation::Entry& entry, std::size_t row) {
        return entry.row < row;
      };
      const auto begin = std::lower_bound(column.begin(), column.end(), first, below);
      column = {begin, std::lower_bound(begin, column.end(), last, below)};
    }
    const std::int32_t* values = &tile_.peer_deltas[x * lanes_];
    constexpr std::size_t few = 8;  // one in
    const std::size_t lane_count = lanes_;
    if (steps(x).size() * few <= lane_count || lane_count < few) {
      for (const auto& step : steps(x)) {
        auto* out = out_ + step.lane;
        const std::int32_t value = values[step.lane];
        for (const auto& entry : column) out[entry.row * lane_count] += entry.weight * value;
      }
      return;
    }
    for (const auto& entry : column) {
      auto* out = out_ + entry.row * lane_count;
      const std::int32_t weight = entry.weight;
      lanes::each(lane_count, [=](std::size_t l) { out[l] += weight * values[l]; });
    }
  }

  void add_up() {
    auto& values = tile_.peer_bytes;
    values.resize(tile_.actors * lanes_);
    auto* value = values.data();
    const auto* rung = after_;
    const auto table = value_;
    with_rungs(m_.ladders[index_of(moves_.ladder)].rungs, [&](auto size) {
      lanes::each(values.size(), [=](std::size_t x) {
        value[x] = static_cast<std::uint8_t>(look_up<size>(table, rung[x]));
      });
    });
    const auto& rows = rows_of(m_, field_);
    for_rows(tile_.actors, [&](std::size_t first, std::size_t last) {
      for (std::size_t i = first; i < last; ++i) {
        const auto* begin = rows.entries.data() + rows.start[i];
        add_up(begin, rows.entries.data() + rows.start[i + 1], value, out_ + i * lanes_);
      }
    });
    correct_edges_anew();
  }

  /// The sum of one row. Many lanes at a time stay in registers; where they come from lies anywhere
  /// in memory, so it is asked for ahead.
  void add_up(const RelationRows::Entry* begin, const RelationRows::Entry* end,
              const std::uint8_t* value, std::int32_t* out) const {
    constexpr std::size_t wide = 16;
    constexpr std::ptrdiff_t ahead = 16;
    const std::size_t lane_count = lanes_;
    lanes::each(lane_count / wide, [=](std::size_t part) {
      const std::uint8_t* from = value + part * wide;
      std::array<std::int32_t, wide> sum{};
      for (const auto* entry = begin; entry != end; ++entry) {
        const auto* later = end - entry > ahead ? entry + ahead : entry;
        __builtin_prefetch(from + later->column * lane_count);
        const std::uint8_t* column = from + entry->column * lane_count;
        for (std::size_t l = 0; l < wide; ++l) sum[l] += entry->weight * column[l];
      }
      for (std::size_t l = 0; l < wide; ++l) out[part * wide + l] = sum[l];
    });
    for (std::size_t l = lane_count - lane_count % wide; l < lane_count; ++l) {
      std::int32_t sum = 0;
      for (const auto* entry = begin; entry != end; ++entry) {
        sum += entry->weight * value[entry->column * lane_count + l];
      }
      out[l] = sum;
    }
  }

  void multiply() {
    const std::size_t words = (tile_.actors + 1) / 2;
    auto& values = tile_.peer_values;
    values.resize(words * lanes_);
    const auto table = value_;
    with_rungs(m_.ladders[index_of(moves_.ladder)].rungs, [&](auto size) {
      const Rung* rungs = after_;
      auto* out = values.data();
      const std::size_t lane_count = lanes_;
      const std::size_t actors = tile_.actors;
      lanes::each(words, [=](std::size_t w) {
        const bool alone = 2 * w + 1 == actors;  // its partner weighs 0
        const Rung* low = rungs + 2 * w * lane_count;
        const Rung* high = alone ? low : low + lane_count;
        for (std::size_t l = 0; l < lane_count; ++l) {
          out[w * lane_count + l] = look_up<size>(table, low[l]) | look_up<size>(table, high[l])
                                                                       << 16;
        }
      });
    });
    const auto& pairs = rows_of(m_, field_).pairs;
    for_rows(tile_.actors, [&](std::size_t first, std::size_t last) {
      kernels::product(&pairs[first * words], last - first, words, values.data(), lanes_,
                       out_ + first * lanes_);
    });
    correct_edges_anew();
  }

  /// Entries under events differ from the base by replicate: adds what the base leaves out, for the
  /// columns given.
  template <class Value>
  void correct_edges(const std::vector<std::uint32_t>& columns, const Value& value) {
    const bool alignment = looks_by_alignment(field_);
    const auto& edges = alignment ? m_.touched_alignment : m_.touched_rivalry;
    const auto& weights = alignment ? tile_.alignment_edges : tile_.rivalry_edges;
    for (std::size_t e = 0; e < edges.size(); ++e) {
      const auto at = std::lower_bound(columns.begin(), columns.end(), edges[e].column);
      if (at == columns.end() || *at != edges[e].column) continue;
      const auto x = static_cast<std::size_t>(at - columns.begin());
      auto* out = &out_[edges[e].row * lanes_];
      const auto* weight = &weights[e * lanes_];
      for (std::size_t l = 0; l < lanes_; ++l) {
        out[l] += (weight[l] - edges[e].base) * value(x, l);
      }
    }
  }

  void correct_edges_anew() {
    const bool alignment = looks_by_alignment(field_);
    std::vector<std::uint32_t> columns;
    for (const auto& edge : alignment ? m_.touched_alignment : m_.touched_rivalry) {
      columns.push_back(edge.column);
    }
    std::sort(columns.begin(), columns.end());
    columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
    correct_edges(columns, [&](std::size_t x, std::size_t l) {
      return value_[after_[columns[x] * lanes_ + l]];
    });
  }

  const CompiledModel& m_;
  Tile& tile_;
  const Moves& moves_;
  PeerField field_;
  std::size_t lanes_;
  std::array<std::int32_t, max_rungs> value_;
  const Rung* after_;
  std::int32_t* out_;
};

/// Rungs on one ladder towards one authority before and after a step or an event.
struct RungChange {
  std::size_t authority;
  LadderRole ladder;
  std::size_t first, actors;  ///< whom the rows are of
  const Rung* before;         ///< (actors, lanes)
  const Rung* after;          ///< (actors, lanes)
};

/// Carries a change of rungs over to everything that is summed over actors.
void follow(const CompiledModel& m, Tile& tile, const RungChange& change,
            std::optional<PeerWay> way) {
  Moves& moves = tile.moves;
  moves.authority = change.authority;
  moves.ladder = change.ladder;
  find_movers(change.before, change.after, change.first, change.actors, tile);
  if (moves.actors.empty()) return;
  const auto steps = [&] { list_steps(change.before, change.after, change.first, tile); };
  for (std::size_t f = 0; f < peer_field_count; ++f) {
    const auto field = static_cast<PeerField>(f);
    if (!m.peers[f] || peer_ladder(field) != moves.ladder) continue;
    FieldUpdate update(m, tile, field, change.after);
    const PeerWay chosen = way ? *way : update.choose();
    if (chosen == PeerWay::incremental) steps();
    update.apply(chosen);
  }
  const auto for_steps = [&](const auto& visit) {
    steps();
    for (std::size_t x = 0; x < moves.actors.size(); ++x) {
      for (std::size_t y = moves.start[x]; y < moves.start[x + 1]; ++y) {
        visit(moves.actors[x], moves.steps[y]);
      }
    }
  };
  if (moves.ladder == LadderRole::recognition) {
    const auto& recognises = m.ladders[index_of(LadderRole::recognition)].recognises;
    auto* sum = &tile.recognising[moves.authority * tile.lanes];
    for_steps([&](std::size_t actor, const Step& step) {
      sum[step.lane] += (recognises[step.to] - recognises[step.from]) * m.importance_fixed[actor];
    });
  }
  const std::size_t rungs = m.ladders[index_of(moves.ladder)].rungs;
  for (const auto& rule : m.sum_rules) {
    if (!rule.fixed || rule.ladder != moves.ladder) continue;
    auto* sum = &tile.world_sums[tile.sum_row(moves.authority, rule.sum)];
    for_steps([&](std::size_t actor, const Step& step) {
      const std::int32_t* addend = &tile.addends[rule.start + actor * rungs];
      sum[step.lane] += addend[step.to] - addend[step.from];
    });
  }
}

}  // namespace

void move_rungs(const CompiledModel& m, Tile& tile, std::size_t authority, LadderRole ladder,
                std::size_t actor, const Rung* after) {
  Rung* before = &tile.rungs[tile.rung_row(authority, ladder, actor)];
  follow(m, tile, {authority, ladder, actor, 1, before, after}, PeerWay::incremental);
  std::copy_n(after, tile.lanes, before);
}

void commit_rungs(const CompiledModel& m, Tile& tile, std::optional<PeerWay> way) {
  for (std::size_t k = 0; k < m.authorities; ++k) {
    for (const auto ladder : all_ladders) {
      if (m.ladders[index_of(ladder)].rungs == 1) continue;
      const std::size_t row = tile.rung_row(k, ladder, 0);
      follow(m, tile, {k, ladder, 0, tile.actors, &tile.rungs[row], &tile.next_rungs[row]}, way);
    }
  }
  tile.rungs.swap(tile.next_rungs);
  tile.authority_rungs.swap(tile.next_authority_rungs);
}

}  // namespace entente::detail
