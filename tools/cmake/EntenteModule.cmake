# entente_module(<name>
#   SOURCES   <file>...     sources in this folder; an empty list makes no target
#   LIBRARIES <target>...   third parties that a program has to link
#   HEADERS   <target>...   third parties that are headers only
# )
#
# Makes the object library entente_<name> and adds it to the library `entente` (sim/CMakeLists.txt).
# Public headers are "entente/<module>/x.hpp" (include/), private ones "<module>/x.hpp" (sim/).
function(entente_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBRARIES;HEADERS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "entente_module(${name}): unknown argument '${arg_UNPARSED_ARGUMENTS}'")
  endif()
  if(NOT arg_SOURCES)
    return()
  endif()
  add_library(entente_${name} OBJECT ${arg_SOURCES})
  target_include_directories(entente_${name} PRIVATE
    "${PROJECT_SOURCE_DIR}/include" "${PROJECT_SOURCE_DIR}/sim")
  target_link_libraries(entente_${name} PRIVATE ${arg_LIBRARIES} ${arg_HEADERS})
  set_property(GLOBAL APPEND PROPERTY ENTENTE_MODULES entente_${name})
  set_property(GLOBAL APPEND PROPERTY ENTENTE_LIBRARIES ${arg_LIBRARIES})
endfunction()
