#include "ensemble/launch.hpp"

#include <array>
#include <charconv>
#include <string_view>

namespace entente::detail {
namespace {

// The innermost launcher first: `mpirun` in a job of Slurm leaves Slurm's variables as they are.
constexpr std::array counts{
    "OMPI_COMM_WORLD_SIZE",  // mpirun of Open MPI
    "PMI_SIZE",              // mpiexec of MPICH and its kin, srun --mpi=pmi2
    "SLURM_STEP_NUM_TASKS",  // srun; not set in the script of a job, unlike SLURM_NTASKS
};

std::optional<std::size_t> number(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value == 0) return std::nullopt;
  return value;
}

}  // namespace

std::optional<Launch> launch_of(const std::function<const char*(const char* name)>& variable) {
  for (const char* name : counts) {
    if (const char* text = variable(name)) return Launch{name, number(text)};
  }
  // Any other launcher that speaks PMIx says which process this is, not how many there are.
  if (variable("PMIX_RANK") != nullptr) return Launch{"PMIX_RANK", std::nullopt};
  return std::nullopt;
}

}  // namespace entente::detail
