#pragma once

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <semaphore>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lab/server/answer.hpp"
#include "lab/server/limits.hpp"
#include "lab/server/live_events.hpp"
#include "lab/server/runs.hpp"
#include "lab/server/scenario_store.hpp"
#include "lab/server/session.hpp"

namespace entente::lab {

/// Parameters behind the `?` of a request, decoded.
using Parameters = std::vector<std::pair<std::string, std::string>>;

/// A file to be sent.
struct FileAnswer {
  std::filesystem::path path;
  std::shared_ptr<const Leftover> leftover;  ///< removes it when it is sent, where it is to go
};

/// What the server answers to each of its addresses (tools/lab/README.md). Knows no HTTP but for
/// statuses; every function throws what `answer_of_exception` understands. Safe from several
/// threads.
class Api {
 public:
  /// @param source   scenario or result file that the program was started with; empty: none
  /// @param threads  of a simulation; 0: all
  Api(const std::filesystem::path& source, std::size_t threads);

  [[nodiscard]] Answer initial();
  [[nodiscard]] Answer scenarios();
  [[nodiscard]] Answer world(const Parameters& parameters);
  [[nodiscard]] Answer variant(const Parameters& parameters);
  [[nodiscard]] Answer check(std::string_view body);
  [[nodiscard]] Answer start(std::string_view body);
  [[nodiscard]] Answer results(const std::string& run);
  [[nodiscard]] Answer remove(const std::string& run);
  [[nodiscard]] Answer explain(const std::string& run, const Parameters& parameters);
  [[nodiscard]] Answer cascade(const std::string& run, const Parameters& parameters);
  [[nodiscard]] FileAnswer file(const std::string& run);

  /// A file for the body of an upload.
  ///
  /// @throws Refused  429 too many are there
  [[nodiscard]] std::shared_ptr<const Leftover> upload_place();
  /// Reads it in a process of its own: a hostile file can bring the library of HDF5 down.
  [[nodiscard]] Answer open(const Leftover& upload);

  [[nodiscard]] std::shared_ptr<LiveEvents::Listener> listen();
  /// Ends all streams of events, and stops what is simulated.
  void close();

 private:
  using Places = std::counting_semaphore<64>;
  /// Null where it is not at hand.
  [[nodiscard]] std::shared_ptr<const Kept> find_initial();
  template <class Work>
  static auto bounded(Places& places, const Work& work);
  /// The answer to a question that takes a simulation; `work` gets the flag that ends it.
  template <class Work>
  Answer simulated(const Work& work);

  Session session_;
  LiveEvents events_;
  std::filesystem::path result_;  ///< that the program was started with
  ScenarioStore store_;
  Limits limits_;
  Runs runs_;
  Places reading_;     ///< of scenarios and variants
  Places simulating_;  ///< beside the run at hand; each takes much memory
  std::atomic<bool> closing_{false};
  Places hdf5_;  ///< the library of HDF5 is for one thread at a time
  std::mutex initial_mutex_;
  std::string initial_;  ///< name of the results of `result_`; under the mutex above
};

}  // namespace entente::lab
