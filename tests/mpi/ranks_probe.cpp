// One of several processes that mpirun starts; tells in FOLDER/RANK.json what it got.
//
// usage: ranks_probe FOLDER share|busy|give_up|throw|kill|abort COUNT [RANK]
//   share    all take numbers up to COUNT, twice
//   busy     the first one takes none until the others have got them all
//   others   RANK does so after its first number
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "entente/core/error.hpp"
#include "entente/ensemble/ranks.hpp"

namespace {

using entente::Ranks;
using Numbers = std::vector<std::uint64_t>;

struct Task {
  std::filesystem::path folder;
  std::string mode;
  std::uint64_t count = 0;
  std::size_t rank = 0;
};

Numbers rest(Ranks& ranks) {
  Numbers numbers;
  while (const auto number = ranks.next()) numbers.push_back(*number);
  return numbers;
}

std::filesystem::path file_of(const Task& task, std::size_t rank) {
  return task.folder / (std::to_string(rank) + ".json");
}

void write(const Task& task, std::size_t rank, const nlohmann::json& found) {
  const auto path = file_of(task, rank);
  std::ofstream(path.string() + ".part") << found;
  std::filesystem::rename(path.string() + ".part", path);
}

nlohmann::json share(const Task& task, Ranks& ranks) {
  nlohmann::json rounds = nlohmann::json::array();
  for (int round = 0; round < 2; ++round) {
    ranks.begin(task.count);
    const Numbers numbers = rest(ranks);
    const bool well = ranks.finish(true);
    rounds.push_back({{"numbers", numbers}, {"well", well}});
  }
  return rounds;
}

nlohmann::json busy(const Task& task, Ranks& ranks) {
  ranks.begin(task.count);
  if (ranks.rank() == 0) {
    for (std::size_t other = 1; other < ranks.size(); ++other) {
      while (!exists(file_of(task, other)))
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }
  const Numbers numbers = rest(ranks);
  if (ranks.rank() != 0) write(task, ranks.rank(), {{"numbers", numbers}});
  return {{{"numbers", numbers}, {"well", ranks.finish(true)}}};
}

nlohmann::json fail(const Task& task, Ranks& ranks) {
  ranks.begin(task.count);
  const bool me = ranks.rank() == task.rank;
  if (me) {
    static_cast<void>(ranks.next());
    if (task.mode == "throw") throw std::runtime_error("thrown");
    if (task.mode == "kill") std::raise(SIGKILL);
    if (task.mode == "abort") ranks.abort(5);
  } else {
    while (ranks.next()) continue;
  }
  return {{{"well", ranks.finish(!me)}}};
}

int run(const Task& task) {
  const auto ranks = entente::open_ranks();
  nlohmann::json found{{"rank", ranks->rank()}, {"size", ranks->size()}};
  found["text"] =
      ranks->broadcast(ranks->rank() == 0 ? std::string(1'000'000, 'x') + "end" : "mine");
  found["rounds"] = task.mode == "share"  ? share(task, *ranks)
                    : task.mode == "busy" ? busy(task, *ranks)
                                          : fail(task, *ranks);
  write(task, ranks->rank(), found);
  // mpirun ends a job with the first status that is not 0, and with it whoever has yet to say why.
  if (task.mode == "throw") return 0;
  return found["rounds"].back().at("well").get<bool>() ? 0 : 4;
}

}  // namespace

int main(int argc, char** argv) {
  Task task;
  if (argc < 4) return 2;
  task.folder = argv[1];
  task.mode = argv[2];
  task.count = std::stoull(argv[3]);
  if (argc > 4) task.rank = std::stoull(argv[4]);
  try {
    return run(task);
  } catch (const entente::Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return static_cast<int>(error.exit_code());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
