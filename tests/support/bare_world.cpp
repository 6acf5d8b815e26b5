#include "bare_world.hpp"

#include <string>

#include "entente/terms/registry.hpp"

namespace entente::test {
namespace {

Ladder flat_ladder(const char* key, std::vector<std::string> rungs) {
  Ladder ladder;
  ladder.key = key;
  const std::size_t n = rungs.size();
  ladder.rungs = std::move(rungs);
  for (std::size_t r = 0; r < n; ++r) {
    ladder.height.push_back(static_cast<std::uint16_t>(
        n == 1 ? 0 : static_cast<std::size_t>(height_unit) * r / (n - 1)));
  }
  for (auto* row :
       {&ladder.baseline, &ladder.security, &ladder.economic, &ladder.exposure, &ladder.signal}) {
    row->assign(n, 0.0F);
  }
  ladder.rate = 0.0F;
  return ladder;
}

AuthorityLadder still_ladder(const char* key, std::vector<std::string> rungs,
                             std::vector<float> value) {
  AuthorityLadder ladder;
  ladder.key = key;
  ladder.rungs = std::move(rungs);
  ladder.value = std::move(value);
  ladder.rate = 0.0F;
  return ladder;
}

/// Replicate r of this ensemble as (tile, place in the tile).
std::pair<const TileResult*, std::size_t> locate(const std::vector<TileResult>& tiles,
                                                 std::size_t replicate) {
  for (const auto& tile : tiles) {
    if (replicate < tile.replicates) return {&tile, replicate};
    replicate -= tile.replicates;
  }
  return {nullptr, 0};
}

}  // namespace

Model bare_world(std::size_t actors, std::uint32_t steps) {
  Model model;
  model.title = "bare world";
  model.seed = 20210815;
  const Date start{std::chrono::year{2021}, std::chrono::August, std::chrono::day{1}};
  model.calendar = Calendar(start,
                            (std::chrono::year_month{start.year(), start.month()} +
                             std::chrono::months(static_cast<int>(steps) - 1)) /
                                std::chrono::day{1},
                            StepUnit::month);
  for (std::size_t i = 0; i < actors; ++i) {
    Actor actor;
    actor.id = "A" + std::to_string(i);
    actor.name = "Actor " + std::to_string(i);
    actor.region = "Region";
    actor.entity = static_cast<std::uint32_t>(i);
    actor.importance = 1.0F / static_cast<float>(actors);
    model.actors.push_back(actor);
  }
  Authority authority;
  authority.id = "AUT";
  authority.name = "Authority";
  authority.initial_state = {0.5F, 0.0F, 1.0F, 0.0F};
  model.authorities.push_back(authority);
  model.ladders = {
      flat_ladder("engagement", {"severed", "contact", "dialogue", "mission", "ambassador"}),
      flat_ladder("recognition", {"withheld", "recognised"}),
      flat_ladder("coercion", {"none", "pressure", "force"})};
  model.ladders[index_of(LadderRole::recognition)].recognises_from = 1;
  model.rights = still_ladder("rights", {"repressive", "restrictive", "conditional", "open"},
                              {0.0F, 0.33F, 0.67F, 1.0F});
  model.posture = still_ladder("posture", {"shelters", "tolerates", "restrains", "fights"},
                               {-1.0F, -0.3F, 0.4F, 1.0F});
  model.parameters = ParameterTable(model.extents());
  model.alignment = Relation(actors);
  model.rivalry = Relation(actors);
  model.initial_rungs.assign(ladder_count * actors, 0);
  return model;
}

void add_group(Model& model, float attack_rate) {
  Group group;
  group.id = "group" + std::to_string(model.groups.size());
  group.name = group.id;
  group.reversion = 0.0F;
  group.salience_cap = 1000.0F;
  group.halflife = 1e6F;
  model.groups.push_back(group);
  for (auto& authority : model.authorities) authority.initial_posture.push_back(1);
  const auto before = model.parameters;
  model.parameters = ParameterTable(model.extents());
  for (const auto& parameter : parameter_infos()) {
    const auto old = before.values(parameter.param);
    const auto now = model.parameters.values(parameter.param);
    for (std::size_t x = 0; x < old.size(); ++x) now[x] = old[x];
  }
  model.parameters.at(Param::attack_rate, 0, model.groups.size() - 1) = attack_rate;
  model.initial_salience.resize(model.groups.size() * model.actors.size(), 0.0F);
}

Rung Memory::rung(const Model& model, LadderRole ladder, std::size_t replicate, std::uint32_t step,
                  std::size_t actor, std::size_t authority) const {
  const auto [tile, place] = locate(tiles, replicate);
  const std::size_t n = model.actors.size();
  const std::size_t steps = model.calendar.steps();
  return tile->rungs.at(
      (((authority * ladder_count + index_of(ladder)) * tile->replicates + place) * steps + step) *
          n +
      actor);
}

double Memory::share_at(const Model& model, LadderRole ladder, std::uint32_t step,
                        Rung rung_wanted) const {
  std::size_t hits = 0;
  for (std::size_t r = 0; r < replicates(); ++r) {
    for (std::size_t i = 0; i < model.actors.size(); ++i) {
      hits += rung(model, ladder, r, step, i) == rung_wanted ? 1U : 0U;
    }
  }
  return static_cast<double>(hits) / static_cast<double>(replicates() * model.actors.size());
}

std::size_t Memory::replicates() const {
  std::size_t sum = 0;
  for (const auto& tile : tiles) sum += tile.replicates;
  return sum;
}

namespace {

/// Appends the bytes of replicate `place` of rows (rows, R, length).
template <class T>
void append(const std::vector<T>& rows, std::size_t replicates, std::size_t place,
            std::size_t length, std::vector<std::uint8_t>& out) {
  const std::size_t stride = replicates * length;
  for (std::size_t first = place * length; first < rows.size(); first += stride) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&rows[first]);
    out.insert(out.end(), bytes, bytes + length * sizeof(T));
  }
}

}  // namespace

std::vector<std::uint8_t> Memory::bytes(const Model& model) const {
  std::vector<std::uint8_t> out;
  const std::size_t n = model.actors.size();
  const std::size_t steps = model.calendar.steps();
  for (const auto& tile : tiles) {
    for (std::size_t place = 0; place < tile.replicates; ++place) {
      append(tile.rungs, tile.replicates, place, steps * n, out);
      append(tile.authority_rungs, tile.replicates, place, steps, out);
      append(tile.authority_states, tile.replicates, place, steps, out);
      append(tile.activity, tile.replicates, place, steps, out);
      append(tile.bodies, tile.replicates, place, steps, out);
      if (!tile.contributions.empty()) {
        const std::size_t decisions = tile.luck.size();
        append(tile.contributions, tile.replicates, place,
               steps * n * (tile.contributions.size() / decisions), out);
        append(tile.luck, tile.replicates, place, steps * n, out);
        append(tile.opportunity, tile.replicates, place, steps * n, out);
        append(tile.decided_from, tile.replicates, place, steps * n, out);
        append(tile.drivers, tile.replicates, place,
               tile.drivers.size() / (model.authorities.size() * tile.replicates), out);
      }
    }
  }
  return out;
}

namespace {

class Keeper final : public Recorder {
 public:
  explicit Keeper(std::vector<TileResult>& tiles) : tiles_(tiles) {}
  void record(const TileResult& tile) override { tiles_.push_back(tile); }

 private:
  std::vector<TileResult>& tiles_;
};

}  // namespace

Memory simulate(const Model& model, const RunOptions& options) {
  Memory memory;
  Keeper keeper(memory.tiles);
  Simulation(model, builtin_terms()).run(options, keeper);
  return memory;
}

Memory simulate(const Model& model, std::size_t replicates) {
  RunOptions options;
  options.replicates = replicates;
  return simulate(model, options);
}

}  // namespace entente::test
