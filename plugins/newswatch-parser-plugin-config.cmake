# What a parser plug-in for newswatch is built with (docs/parser_plugins.md):
#
#   find_package(newswatch-parser-plugin REQUIRED)
#   newswatch_add_parser_plugin(NAME source.cpp ...)   # NAME.so, installed where newswatch looks for it
#
# newswatch::parser_plugin         the header newswatch/parser_plugin.h
# NEWSWATCH_PARSER_PLUGIN_FOLDER   lib/newswatch/plugins, beside this package
get_filename_component(newswatch_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
set(NEWSWATCH_PARSER_PLUGIN_FOLDER "${newswatch_prefix}/lib/newswatch/plugins")

if(NOT TARGET newswatch::parser_plugin)
  add_library(newswatch::parser_plugin INTERFACE IMPORTED)
  set_target_properties(newswatch::parser_plugin PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES "${newswatch_prefix}/include")
endif()

function(newswatch_add_parser_plugin name)
  add_library(${name} MODULE ${ARGN})
  target_link_libraries(${name} PRIVATE newswatch::parser_plugin)
  set_target_properties(${name} PROPERTIES PREFIX "" SUFFIX ".so" CXX_VISIBILITY_PRESET hidden C_VISIBILITY_PRESET hidden)
  install(TARGETS ${name} LIBRARY DESTINATION "${NEWSWATCH_PARSER_PLUGIN_FOLDER}")
endfunction()
unset(newswatch_prefix)
