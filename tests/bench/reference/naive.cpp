// The reference workload as most would write it first: agents in an array of structs, double,
// scalar loops, std::mt19937_64, std::exp.
//
//     reference_naive FOLDER REPLICATES     FOLDER has what make_world.py writes

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

constexpr int steps = 520;
constexpr int top = 5;
constexpr double switching = 0.8;

struct Agent {
  double a = 0, b = 0, c = 0;
  int rung = 0, next = 0;
};

struct World {
  std::vector<Agent> agents;
  std::vector<std::vector<double>> weights;  // rows sum to 1
};

std::vector<std::vector<std::string>> read_table(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::vector<std::vector<std::string>> rows;
  std::string line, cell;
  std::getline(file, line);  // the header
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    rows.emplace_back();
    while (std::getline(cells, cell, ',')) rows.back().push_back(cell);
  }
  return rows;
}

World read_world(const std::string& folder) {
  World world;
  std::map<std::string, std::size_t> index;
  for (const auto& row : read_table(folder + "/actors.csv")) {
    index[row[0]] = world.agents.size();
    world.agents.push_back({std::stod(row[1]), std::stod(row[2]), std::stod(row[3])});
  }
  const std::size_t n = world.agents.size();
  world.weights.assign(n, std::vector<double>(n));
  for (const auto& row : read_table(folder + "/dyads.csv")) {
    const std::size_t i = index.at(row[0]), j = index.at(row[1]);
    world.weights[i][j] = world.weights[j][i] = std::stod(row[2]);
  }
  for (auto& row : world.weights) {
    double sum = 0;
    for (const double weight : row) sum += weight;
    for (double& weight : row) weight /= sum;
  }
  return world;
}

/// The rung that an agent moves to, given the mean height of those it looks at.
int choose(const Agent& agent, double peers, double uniform) {
  const double x0 = agent.rung / double{top};
  double odds[3] = {0, 0, 0}, sum = 0;
  for (int move = -1; move <= 1; ++move) {
    const int rung = agent.rung + move;
    if (rung < 0 || rung > top) continue;
    const double x = rung / double{top};
    const double utility = agent.a * x - agent.b * x * x + agent.c * peers * x;
    odds[move + 1] = std::exp(utility - switching * std::fabs(x - x0));
    sum += odds[move + 1];
  }
  double left = uniform * sum;
  int move = 0;
  while (move < 2 && left >= odds[move]) left -= odds[move++];
  return agent.rung + move - 1;
}

/// Simulates one replicate and returns the number of changes.
long run(World& world, std::mt19937_64& random) {
  std::uniform_real_distribution<double> uniform(0, 1);
  const std::size_t n = world.agents.size();
  long changes = 0;
  for (auto& agent : world.agents) agent.rung = 0;
  for (int step = 0; step < steps; ++step) {
    for (std::size_t i = 0; i < n; ++i) {
      double peers = 0;
      for (std::size_t j = 0; j < n; ++j) peers += world.weights[i][j] * world.agents[j].rung;
      auto& agent = world.agents[i];
      agent.next = choose(agent, peers / top, uniform(random));
    }
    for (auto& agent : world.agents) {
      changes += agent.next != agent.rung ? 1 : 0;
      agent.rung = agent.next;
    }
  }
  return changes;
}

struct Mean {
  void add(double x) { ++count, sum += x, squares += x * x; }
  double mean() const { return sum / count; }
  /// Standard error of the mean.
  double error() const { return std::sqrt((squares / count - mean() * mean()) / (count - 1)); }
  double count = 0, sum = 0, squares = 0;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  World world = read_world(argv[1]);
  const int replicates = std::atoi(argv[2]);
  const double actors = static_cast<double>(world.agents.size());
  Mean rung, changes;
  const auto start = std::chrono::steady_clock::now();
  for (int replicate = 0; replicate < replicates; ++replicate) {
    std::mt19937_64 random(static_cast<unsigned long>(replicate));
    changes.add(static_cast<double>(run(world, random)) / (actors * steps));
    double sum = 0;
    for (const auto& agent : world.agents) sum += agent.rung;
    rung.add(sum / actors);
  }
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  std::printf(
      "{\"replicates\": %d, \"actor_steps_per_s\": %.6g,\n"
      " \"mean_final_rung\": %.6f, \"mean_final_rung_error\": %.6f,\n"
      " \"share_of_changes\": %.6f, \"share_of_changes_error\": %.6f}\n",
      replicates, actors * steps * replicates / wall.count(), rung.mean(), rung.error(),
      changes.mean(), changes.error());
}
