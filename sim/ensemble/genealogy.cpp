#include "entente/ensemble/genealogy.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

#include "ensemble/attribution.hpp"
#include "ensemble/peer_shares.hpp"

namespace entente {
namespace {

const CascadeTarget& checked(const Simulation& simulation, const CascadeTarget& target) {
  const Model& model = simulation.model();
  if (target.authority >= model.authorities.size() || target.rung == 0 ||
      target.rung >= model.ladders[index_of(target.ladder)].size()) {
    throw std::invalid_argument("genealogy: no such authority or rung");
  }
  if (!relation_changes(simulation, target).empty()) {
    throw std::invalid_argument("genealogy: an event or a body alters who looks at whom");
  }
  return target;
}

/// A sum over replicates of what each of them adds up to, and of its squares.
class Tally {
 public:
  void add(double x) { open_ += x; }
  /// Ends a replicate.
  void close() {
    sum_ += open_;
    squares_ += open_ * open_;
    open_ = 0.0;
  }
  [[nodiscard]] ReplicateMean mean(std::size_t replicates) const {
    const auto n = static_cast<double>(replicates);
    ReplicateMean out;
    if (replicates > 0) out.mean = sum_ / n;
    out.standard_error = std::numeric_limits<double>::quiet_NaN();
    if (replicates > 1) {
      const double variance = (squares_ - sum_ * sum_ / n) / (n - 1.0);
      out.standard_error = std::sqrt(std::max(variance, 0.0) / n);
    }
    return out;
  }

 private:
  double sum_ = 0.0, squares_ = 0.0, open_ = 0.0;
};

struct ActorSums {
  Tally direct, with_chains, moves;
  double own_reasons = 0.0;
  std::uint64_t moved = 0, brought = 0;  ///< replicates
  bool moved_now = false, brought_now = false;
};

struct EdgeSums {
  Tally credit;
  double log_odds = 0.0;
  std::uint64_t moves = 0;
  bool bears = false;  ///< its share in the log-odds was not 0 in some move
  bool open = false;   ///< touched in this replicate
};

/// An actor's coming to the target; what is credited to it is due to its standing there since.
struct Stand {
  std::size_t actor;
  Arrival arrival;
  double direct = 0.0;
  double with_chains = 0.0;
};

/// Part of the move behind a stand that is credited to an earlier one.
struct Link {
  std::size_t from, to;  ///< stands
  double credit;
};

}  // namespace

struct Genealogy::Impl {
  Impl(const Simulation& of, const CascadeTarget& at)
      : simulation(of),
        model(of.model()),
        target(checked(of, at)),
        shares(of, at),
        actors(model.actors.size()),
        rows(model.actors.size()),
        stand_of(model.actors.size()) {}

  /// Place of the rungs of all actors at one step.
  [[nodiscard]] std::size_t place(const TileResult& tile, LadderRole role, std::size_t r,
                                  std::size_t t) const {
    const std::size_t row = target.authority * ladder_count + index_of(role);
    return ((row * tile.replicates + r) * model.calendar.steps() + t) * model.actors.size();
  }

  void arrive(std::size_t actor, Arrival arrival);
  void trace(const TileResult& tile, std::size_t r);
  void begin();
  void step(const TileResult& tile, std::size_t r, std::size_t t);
  void see_events(const Rung* from);
  void credit_move(std::size_t actor, const detail::Rungs& rungs, std::span<const float> drivers);
  void credit_edge(std::size_t from, std::size_t to, double credit, double log_odds);
  void pass_on();
  void close();

  const Simulation& simulation;
  const Model& model;
  CascadeTarget target;
  detail::PeerShares shares;

  std::size_t replicates = 0;
  Tally moves, followed, brought;
  std::array<double, arrival_count> by_arrival{};
  std::vector<ActorSums> actors;
  std::vector<std::vector<EdgeSums>> rows;  ///< by `to`, made on its first move; then by `from`

  // of the replicate at hand
  static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
  std::vector<Stand> stands;  ///< in the order of time
  std::vector<Link> links;
  std::vector<std::size_t> stand_of;  ///< by actor; `none` where it stands lower
  std::vector<std::pair<std::size_t, std::size_t>> open_edges;
  std::vector<std::uint32_t> earlier, movers;
  std::vector<double> shares_of_earlier;
  detail::Attribution attribution;
};

std::vector<std::string> relation_changes(const Simulation& simulation,
                                          const CascadeTarget& target) {
  const Model& model = simulation.model();
  const detail::PeerShares shares(simulation, target);
  std::vector<std::string> ids;
  const auto collect = [&](const auto& owners) {
    for (const auto& owner : owners) {
      const bool alters =
          std::any_of(owner.changes.begin(), owner.changes.end(), [&](const Change& change) {
            return (change.space == Space::alignment && shares.reads_alignment()) ||
                   (change.space == Space::rivalry && shares.reads_rivalry());
          });
      if (alters) ids.push_back(owner.id);
    }
  };
  collect(model.events);
  collect(model.bodies);
  return ids;
}

Genealogy::Genealogy(const Simulation& simulation, const CascadeTarget& target)
    : impl_(std::make_unique<Impl>(simulation, target)) {}
Genealogy::~Genealogy() = default;

void Genealogy::record(const TileResult& tile) {
  if (tile.decided_from.empty() || tile.drivers.empty() || tile.rungs.empty()) {
    throw std::invalid_argument("genealogy: needs tiles of level full");
  }
  for (std::size_t r = 0; r < tile.replicates; ++r) impl_->trace(tile, r);
}

void Genealogy::Impl::trace(const TileResult& tile, std::size_t r) {
  begin();
  for (std::size_t t = 0; t < model.calendar.steps(); ++t) step(tile, r, t);
  pass_on();
  close();
}

void Genealogy::Impl::arrive(std::size_t actor, Arrival arrival) {
  stand_of[actor] = stands.size();
  stands.push_back({actor, arrival});
}

void Genealogy::Impl::begin() {
  stands.clear();
  links.clear();
  std::fill(stand_of.begin(), stand_of.end(), none);
  for (std::size_t i = 0; i < model.actors.size(); ++i) {
    const Rung start = model.initial_rungs[model.rung_index(target.authority, target.ladder, i)];
    if (start >= target.rung) arrive(i, Arrival::start);
  }
}

/// What events did to rungs before anybody decided.
void Genealogy::Impl::see_events(const Rung* from) {
  for (std::size_t i = 0; i < model.actors.size(); ++i) {
    if (from[i] < target.rung) {
      stand_of[i] = none;
    } else if (stand_of[i] == none) {
      arrive(i, Arrival::event);
      brought.add(1.0);
      actors[i].brought_now = true;
    }
  }
}

void Genealogy::Impl::step(const TileResult& tile, std::size_t r, std::size_t t) {
  detail::Rungs rungs{};
  for (const auto role : all_ladders) {
    rungs[index_of(role)] = &tile.decided_from[place(tile, role, r, t)];
  }
  const Rung* from = rungs[index_of(target.ladder)];
  const Rung* after = &tile.rungs[place(tile, target.ladder, r, t)];
  see_events(from);

  earlier.clear();
  movers.clear();
  for (std::uint32_t i = 0; i < model.actors.size(); ++i) {
    if (from[i] >= target.rung) earlier.push_back(i);
    // Whom an event sets or holds in this step ends on the rung that it was decided on.
    if (from[i] < target.rung && after[i] >= target.rung) movers.push_back(i);
  }
  const std::size_t columns = simulation.driver_names().size();
  const std::size_t run = target.authority * tile.replicates + r;
  const std::size_t first = (run * model.calendar.steps() + t) * model.actors.size();
  const std::size_t links_before = links.size();
  for (const auto i : movers) {
    credit_move(i, rungs, {&tile.drivers[(first + i) * columns], columns});
  }
  // All decide at once: nobody follows those who move in the same step.
  for (std::size_t link = links_before; link < links.size(); ++link) {
    links[link].to += stands.size();  // so far the place among this step's movers
  }
  for (const auto i : movers) arrive(i, Arrival::choice);
  for (std::size_t i = 0; i < model.actors.size(); ++i) {
    if (after[i] < target.rung) stand_of[i] = none;
  }
}

void Genealogy::Impl::credit_move(std::size_t actor, const detail::Rungs& rungs,
                                  std::span<const float> drivers) {
  shares.check(actor, rungs, drivers);
  shares.compute(actor, earlier, rungs, shares_of_earlier);
  detail::MoveUp move;
  move.own = rungs[index_of(target.ladder)][actor];
  move.drivers = drivers;
  move.columns = shares.columns();
  move.shares = shares_of_earlier;
  move.earlier = earlier.size();
  detail::attribute(simulation, target.ladder, move, attribution);

  moves.add(1.0);
  followed.add(1.0 - attribution.own_reasons);
  actors[actor].moves.add(1.0);
  actors[actor].moved_now = true;
  actors[actor].own_reasons += attribution.own_reasons;
  const auto mover = static_cast<std::size_t>(
      std::lower_bound(movers.begin(), movers.end(), actor) - movers.begin());
  for (std::size_t e = 0; e < earlier.size(); ++e) {
    const double credit = attribution.credit[e];
    credit_edge(earlier[e], actor, credit, attribution.log_odds[e]);
    if (credit > 0.0) links.push_back({stand_of[earlier[e]], mover, credit});
  }
}

void Genealogy::Impl::credit_edge(std::size_t from, std::size_t to, double credit,
                                  double log_odds) {
  if (rows[to].empty()) rows[to].resize(model.actors.size());
  EdgeSums& edge = rows[to][from];
  edge.credit.add(credit);
  edge.log_odds += log_odds;
  ++edge.moves;
  edge.bears = edge.bears || log_odds != 0.0;
  if (edge.open) return;
  edge.open = true;
  open_edges.emplace_back(to, from);
}

/// Who is credited with a move has a part in all that it leads to. A stand comes before those that
/// follow it, so that the last ones are complete first.
void Genealogy::Impl::pass_on() {
  for (auto link = links.rbegin(); link != links.rend(); ++link) {
    stands[link->from].direct += link->credit;
    stands[link->from].with_chains += link->credit * (1.0 + stands[link->to].with_chains);
  }
  for (const auto& stand : stands) {
    actors[stand.actor].direct.add(stand.direct);
    actors[stand.actor].with_chains.add(stand.with_chains);
    by_arrival[static_cast<std::size_t>(stand.arrival)] += stand.direct;
  }
}

void Genealogy::Impl::close() {
  ++replicates;
  for (auto* tally : {&moves, &followed, &brought}) tally->close();
  for (auto& actor : actors) {
    for (auto* tally : {&actor.direct, &actor.with_chains, &actor.moves}) tally->close();
    actor.moved += actor.moved_now ? 1U : 0U;
    actor.brought += actor.brought_now ? 1U : 0U;
    actor.moved_now = actor.brought_now = false;
  }
  for (const auto& [to, from] : open_edges) {
    rows[to][from].credit.close();
    rows[to][from].open = false;
  }
  open_edges.clear();
}

std::size_t Genealogy::replicates() const noexcept { return impl_->replicates; }
bool Genealogy::looks_at_others() const noexcept { return !impl_->shares.columns().empty(); }
ReplicateMean Genealogy::moves() const { return impl_->moves.mean(impl_->replicates); }
ReplicateMean Genealogy::followed() const { return impl_->followed.mean(impl_->replicates); }
ReplicateMean Genealogy::brought() const { return impl_->brought.mean(impl_->replicates); }

double Genealogy::followed(Arrival arrival) const {
  const double sum = impl_->by_arrival[static_cast<std::size_t>(arrival)];
  return impl_->replicates == 0 ? 0.0 : sum / static_cast<double>(impl_->replicates);
}

std::vector<CascadeActor> Genealogy::actors() const {
  const Impl& m = *impl_;
  const double n = std::max<double>(1.0, static_cast<double>(m.replicates));
  std::vector<CascadeActor> out;
  for (std::size_t i = 0; i < m.actors.size(); ++i) {
    const ActorSums& sums = m.actors[i];
    CascadeActor actor;
    actor.direct = sums.direct.mean(m.replicates);
    actor.with_chains = sums.with_chains.mean(m.replicates);
    actor.moves = sums.moves.mean(m.replicates);
    actor.own_reasons = sums.own_reasons / n;
    actor.moved = static_cast<double>(sums.moved) / n;
    actor.brought = static_cast<double>(sums.brought) / n;
    const auto at = m.model.rung_index(m.target.authority, m.target.ladder, i);
    actor.from_start = m.model.initial_rungs[at] >= m.target.rung;
    out.push_back(actor);
  }
  return out;
}

std::vector<CascadeEdge> Genealogy::edges() const {
  const Impl& m = *impl_;
  std::vector<CascadeEdge> out;
  for (std::size_t to = 0; to < m.rows.size(); ++to) {
    for (std::size_t from = 0; from < m.rows[to].size(); ++from) {
      const EdgeSums& sums = m.rows[to][from];
      if (!sums.bears) continue;
      CascadeEdge edge;
      edge.from = static_cast<std::uint32_t>(from);
      edge.to = static_cast<std::uint32_t>(to);
      edge.credit = sums.credit.mean(m.replicates);
      edge.log_odds = sums.log_odds / static_cast<double>(sums.moves);
      edge.moves = static_cast<double>(sums.moves) / static_cast<double>(m.replicates);
      out.push_back(edge);
    }
  }
  return out;
}

}  // namespace entente
